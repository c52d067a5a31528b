import { parseArgs } from 'node:util';
import * as z from 'zod';
import { HostError } from './host-error.ts';

const HTTP_PORT = '7071';
const IOT_HUB_PORT = '8883';

const portSchema = z.coerce.number().int().min(0).max(65_535);
const optionsSchema = z.object({
  data: z.string().min(1),
  'iot-hub-host': z.string().min(1),
  'http-port': portSchema,
  'iot-hub-port': portSchema,
  'functions-app': z.string().min(1),
  'sign-page': z.string().min(1),
  database: z
    .string()
    .regex(/^(sqlite:|postgres(ql)?:\/\/)/, 'expected sqlite:/absolute/path.db or postgres://...')
    .optional(),
  'demonstration-store-group': z.string().min(1).optional(),
});

/** What `cloud/local/index.ts` is called with. Paths are relative to the folder it is called in. */
export type CommandLine = {
  readonly dataFolder: string;
  readonly iotHubHost: string;
  readonly httpPort: number;
  readonly iotHubPort: number;
  readonly functionsApp: string;
  readonly signPage: string;
  readonly database: string | undefined;
  readonly demonstrationStoreGroup: string | undefined;
};

/** Throws a HostError ERR_OPTIONS that names the option. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const parsed = optionsSchema.safeParse(valuesOf(args));
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`);
    throw new HostError('ERR_OPTIONS', wrong.join('; '));
  }
  const { data } = parsed;
  return {
    dataFolder: data.data,
    iotHubHost: data['iot-hub-host'],
    httpPort: data['http-port'],
    iotHubPort: data['iot-hub-port'],
    functionsApp: data['functions-app'],
    signPage: data['sign-page'],
    database: data.database,
    demonstrationStoreGroup: data['demonstration-store-group'],
  };
}

function valuesOf(args: readonly string[]): object {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { ...text, default: 'data' },
        'iot-hub-host': { ...text, default: '127.0.0.1' },
        'http-port': { ...text, default: HTTP_PORT },
        'iot-hub-port': { ...text, default: IOT_HUB_PORT },
        'functions-app': { ...text, default: 'dist/functions/index.cjs' },
        'sign-page': { ...text, default: 'dist/sign' },
        database: text,
        'demonstration-store-group': text,
      },
    });
    return values;
  } catch (cause) {
    throw new HostError('ERR_OPTIONS', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
