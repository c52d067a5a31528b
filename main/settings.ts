import { readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { idSchema } from '../cloud/contracts/identifiers.ts';
import { asideOf, isAbsent } from './atomic-file.ts';
import type { CommandLine } from './command-line.ts';

export const SETTINGS_FILE = 'settings.json';
export const EMBEDDED = 'embedded';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** A count that crosses a network does so over TLS. */
const cloudUrlSchema = z.string().refine((text) => {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
}, 'expected `embedded`, an https address, or an http one on this machine');

const portSchema = z.coerce.number().int().min(0).max(65_535);

const embeddedSchema = z.strictObject({
  /** Folder of the embedded cloud, from the shell's own on. */
  data: z.string().min(1).default('cloud'),
  httpPort: portSchema.default(7071),
  iotHubPort: portSchema.default(8883),
  /** Where its page and its IoT hub listen; a network may reach them by TLS where this is no loopback address. */
  host: z.optional(z.string().min(1)),
  /** Further names of this machine. */
  names: z.optional(z.array(z.string().min(1))),
  /** Files of the owner's own certificate and its key, from the shell's folder on. */
  certificate: z.optional(z.strictObject({ chain: z.string().min(1), key: z.string().min(1) })),
  /** Signs on this machine are given this store group by themselves. */
  demonstrationStoreGroup: z.optional(idSchema),
});

const settingsSchema = z.strictObject({
  cloud: z.union([z.literal(EMBEDDED), cloudUrlSchema]).default(EMBEDDED),
  /** File (PEM) of the private authority that the cloud's certificate is signed by, from the shell's folder on. */
  authority: z.optional(z.string().min(1)),
  embedded: embeddedSchema.prefault({}),
});
/** `cloud`: the address of the cloud to join, or `embedded` for one of the shell's own. */
export type Settings = z.infer<typeof settingsSchema>;

/** What the command line asks for is wrong. Stable code. */
export class SettingsError extends Error {
  readonly code = 'ERR_SETTINGS';
}

/**
 * From `settings.json` in the folder, overridden by the command line. A broken file is set aside and told to `onBroken`:
 * a kiosk that does not start shows nothing at all. Throws a SettingsError where the command line is wrong.
 */
export function readSettings(folder: string, given: CommandLine, onBroken: (why: string) => void): Settings {
  const kept = keptIn(folder, onBroken);
  const over = settingsSchema.safeParse({
    cloud: given.cloud ?? kept.cloud,
    ...withoutUndefined({ authority: authorityFile(folder, given, kept) }),
    embedded: {
      ...kept.embedded,
      ...withoutUndefined({
        data: given.data === undefined ? undefined : resolve(given.data),
        httpPort: given.httpPort,
        iotHubPort: given.iotHubPort,
        demonstrationStoreGroup: given.demonstrationStoreGroup,
      }),
    },
  });
  if (over.success) return over.data;
  throw new SettingsError(z.prettifyError(over.error), { cause: over.error });
}

function keptIn(folder: string, onBroken: (why: string) => void): Settings {
  const file = join(folder, SETTINGS_FILE);
  try {
    return settingsIn(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!isAbsent(error)) {
      onBroken(error instanceof z.ZodError ? z.prettifyError(error) : String(error));
      putAside(file);
    }
    return settingsSchema.parse({});
  }
}

/** Throws where it is no JSON, or not of settings. */
export const settingsIn = (text: string): Settings => settingsSchema.parse(JSON.parse(text));

function putAside(file: string): void {
  try {
    renameSync(file, asideOf(file));
  } catch {
    // It stays, and is found broken again at the next start.
  }
}

/** What is said at the start of a shell is of where it was started. */
function authorityFile(folder: string, given: CommandLine, kept: Settings): string | undefined {
  if (given.cloudAuthority !== undefined) return resolve(given.cloudAuthority);
  return kept.authority === undefined ? undefined : resolve(folder, kept.authority);
}

const withoutUndefined = (values: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
