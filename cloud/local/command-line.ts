import { parseArgs } from 'node:util';
import * as z from 'zod';
import type { OwnerFiles } from './certificates/owner-certificate.ts';
import { HostError } from './host-error.ts';
import { isHostName, LOCAL_HOST } from './listen-address.ts';
import { isUpstreamTemplate } from './signalr/create-http-upstream.ts';
import { parseBackUpTime, type TimeOfDay } from './upkeep/back-up-time.ts';

const HTTP_PORT = '7071';
const IOT_HUB_PORT = '8883';
const BACK_UP_AT = '04:10';

const portSchema = z.coerce.number().int().min(0).max(65_535);
const NAME = 'expected a host name such as vitrine.example.com, or an address';
const nameSchema = z
  .string()
  .transform((name) => name.toLowerCase().replace(/\.$/, ''))
  .refine(isHostName, NAME);
const optionsSchema = z.object({
  data: z.string().min(1),
  host: nameSchema,
  name: z.array(nameSchema),
  certificate: z.string().min(1).optional(),
  'certificate-key': z.string().min(1).optional(),
  'iot-hub-host': nameSchema.optional(),
  'http-port': portSchema,
  'iot-hub-port': portSchema,
  'functions-app': z.string().min(1),
  'sign-page': z.string().min(1),
  'console-page': z.string().min(1),
  database: z
    .string()
    .regex(/^(sqlite:|postgres(ql)?:\/\/)/, 'expected sqlite:/absolute/path.db or postgres://...')
    .optional(),
  'demonstration-store-group': z.string().min(1).optional(),
  'back-up-at': z.string(),
  'signalr-upstream': z
    .string()
    .refine(
      isUpstreamTemplate,
      'expected an http address, such as https://localhost:7071/runtime/webhooks/signalr',
    )
    .optional(),
});

/** What `cloud/local/index.ts` is called with. Paths are relative to the folder it is called in. */
export type CommandLine = {
  readonly dataFolder: string;
  readonly host: string;
  readonly iotHubHost: string | undefined;
  readonly names: readonly string[];
  readonly ownerCertificate: OwnerFiles | undefined;
  readonly httpPort: number;
  readonly iotHubPort: number;
  readonly functionsApp: string;
  readonly signPage: string;
  readonly consolePage: string;
  readonly database: string | undefined;
  readonly demonstrationStoreGroup: string | undefined;
  /** When the daily back-up is made; undefined: never. */
  readonly backUpAt: TimeOfDay | undefined;
  readonly signalRUpstream: string | undefined;
};

/** Throws a HostError ERR_OPTIONS that names the option. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const parsed = optionsSchema.safeParse(valuesOf(args));
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path: [option], message }) => `--${String(option)}: ${message}`);
    throw new HostError('ERR_OPTIONS', wrong.join('; '));
  }
  const { data } = parsed;
  return {
    dataFolder: data.data,
    host: data.host,
    iotHubHost: data['iot-hub-host'],
    names: data.name,
    ownerCertificate: ownerFiles(data.certificate, data['certificate-key']),
    httpPort: data['http-port'],
    iotHubPort: data['iot-hub-port'],
    functionsApp: data['functions-app'],
    signPage: data['sign-page'],
    consolePage: data['console-page'],
    database: data.database,
    demonstrationStoreGroup: data['demonstration-store-group'],
    backUpAt: parseBackUpTime(data['back-up-at']),
    signalRUpstream: data['signalr-upstream'],
  };
}

function ownerFiles(certificate: string | undefined, key: string | undefined): OwnerFiles | undefined {
  if (certificate !== undefined && key !== undefined) return { certificate, key };
  if (certificate === undefined && key === undefined) return undefined;
  const missing = certificate === undefined ? '--certificate' : '--certificate-key';
  throw new HostError('ERR_OPTIONS', `${missing}: expected as well: a certificate goes with its key`);
}

function valuesOf(args: readonly string[]): object {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { ...text, default: 'data' },
        host: { ...text, default: LOCAL_HOST },
        name: { ...text, multiple: true, default: [] },
        certificate: text,
        'certificate-key': text,
        'iot-hub-host': text,
        'http-port': { ...text, default: HTTP_PORT },
        'iot-hub-port': { ...text, default: IOT_HUB_PORT },
        'functions-app': { ...text, default: 'dist/functions/index.cjs' },
        'sign-page': { ...text, default: 'dist/sign' },
        'console-page': { ...text, default: 'dist/console' },
        database: text,
        'demonstration-store-group': text,
        'back-up-at': { ...text, default: BACK_UP_AT },
        'signalr-upstream': text,
      },
    });
    return values;
  } catch (cause) {
    throw new HostError('ERR_OPTIONS', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
