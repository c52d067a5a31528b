import { parseArgs } from 'node:util';

/** What a shell may be started with; each wins over the settings file. */
export type CommandLine = {
  readonly userData: string | undefined;
  readonly cloud: string | undefined;
  readonly cloudAuthority: string | undefined;
  readonly data: string | undefined;
  readonly httpPort: string | undefined;
  readonly iotHubPort: string | undefined;
  readonly demonstrationStoreGroup: string | undefined;
};

/** For whoever started the shell; the code is stable. */
export class CommandLineError extends Error {
  readonly code = 'ERR_COMMAND_LINE';
}

const OPTIONS = [
  'user-data',
  'cloud',
  'cloud-authority',
  'data',
  'http-port',
  'iot-hub-port',
  'demonstration-store-group',
];
/** Chromium's own that a kiosk needs: which display server it draws on. */
const CHROMIUM_SWITCHES = ['ozone-platform', 'ozone-platform-hint'];
/** Tests drive the shell through these. */
const TEST_ARGUMENTS = ['--inspect=0', '--remote-debugging-port=0'];

type Permission = {
  /** False in a packaged shell, always. */
  readonly underTest: boolean;
};

/**
 * An allow-list: no fuse covers `--remote-debugging-port`, `--no-sandbox`, `--load-extension` and their like, so whoever
 * can add a word to the kiosk's start would own the glass. Throws a CommandLineError.
 */
export function parseCommandLine(args: readonly string[], { underTest }: Permission): CommandLine {
  const values = valuesOf(underTest ? args.filter((word) => !TEST_ARGUMENTS.includes(word)) : args);
  return {
    userData: values['user-data'],
    cloud: values.cloud,
    cloudAuthority: values['cloud-authority'],
    data: values.data,
    httpPort: values['http-port'],
    iotHubPort: values['iot-hub-port'],
    demonstrationStoreGroup: values['demonstration-store-group'],
  };
}

function valuesOf(args: readonly string[]): Readonly<Record<string, string | undefined>> {
  const text = { type: 'string' } as const;
  const options = Object.fromEntries([...OPTIONS, ...CHROMIUM_SWITCHES].map((name) => [name, text]));
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (cause) {
    throw new CommandLineError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
