import * as z from 'zod';

/** The end of the century; a number beyond it is no time in ms. */
const LAST_EPOCH_MS = 4_102_444_800_000;

/** The app's settings, as Azure Functions gives them: environment variables. The bindings read some of them by name too. */
const settingsSchema = z.object({
  /** `sqlite:/absolute/path.db` or `postgres://...` */
  VitrineDatabase: z.string().min(1),
  /** `Endpoint=...;AccessKey=...;Version=1.0;` */
  AzureSignalRConnectionString: z.string().min(1),
  /** A service connection string that may read and write the registry: `HostName=...;SharedAccessKeyName=...;SharedAccessKey=...` */
  IotHubRegistry: z.string().min(1),
  /** At least 32 bytes, base64: signs the session tokens of the signs. */
  SessionSigningKey: z.string().min(43),
  /** A store's signs are told at most this often. */
  MinimumPushIntervalMs: z.coerce.number().int().min(0).default(1_000),
  /** How long the minutes, corrections and alerts of the past are kept. */
  HistoryKeptDays: z.coerce.number().int().min(8).max(3_660).default(800),
  /**
   * After its database was restored: a time since then, Unix ms, so that the signs take the older counts for the newer
   * word. A larger number with each restore; else left as it is.
   */
  EpochNotBeforeMs: z.coerce.number().int().min(1).max(LAST_EPOCH_MS).optional(),
  /** Opens all that a person may do; for scripts, in the header `x-functions-key`. Left out: nobody comes in by it. */
  OwnerKey: z.string().min(32).optional(),
  /** 'True': App Service signs people in. It is the platform that says so. */
  WEBSITE_AUTH_ENABLED: z.string().optional(),
  /** Whose people App Service may sign in; left out: nobody's. */
  EntraTenantId: z.guid().optional(),
  /** The store group that local signs join by themselves; only where a demonstration was asked for. */
  DemonstrationStoreGroup: z.string().optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

export class SettingsError extends Error {
  readonly code = 'ERR_SETTINGS';
}

/** Throws a SettingsError that names each setting that is missing or wrong, never its value. */
export function settingsFrom(environment: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = settingsSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new SettingsError(`app settings: ${wrong.join('; ')}`);
}
