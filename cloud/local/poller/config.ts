import * as z from 'zod';
import { sensorIdSchema } from '../../contracts/identifiers.ts';
import { HostError } from '../host-error.ts';

const SECOND_MS = 1_000;

/** An address without a password in it: addresses are logged, and refused by fetch with one. */
const addressSchema = z
  .url({ protocol: /^https?$/, error: 'expected an address that starts with http:// or https://' })
  .refine((url) => !holdsLogin(url), {
    error: 'expected no user in the address: user and password have fields of their own',
  });

/** What is no address at all is asked as well, and has been told so. */
function holdsLogin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.username !== '' || url.password !== '');
}

const visible = (what: string) =>
  z
    .string(`expected ${what}`)
    .regex(/^[!-~]{1,200}$/, `expected ${what}: up to 200 visible ASCII characters`);

const cameraSchema = z
  .strictObject({
    sensorId: sensorIdSchema,
    /** The whole address that is asked, as `http://10.0.0.7/local/people-counter/.api?live-sum.json`. */
    url: addressSchema,
    /** A colon would end the name in HTTP Basic, a quote or a backslash in HTTP Digest. */
    user: z
      .string()
      .regex(/^[ !#-9;-[\]-~]{1,64}$/, 'expected up to 64 ASCII characters without : " and \\')
      .optional(),
    password: z.string().max(200).optional(),
    everySeconds: z.int().min(2, 'expected 2 to 3600').max(3_600, 'expected 2 to 3600').default(5),
    /** As the cloud gave it for this sensor; sent as `x-api-key`. */
    ingestKey: visible('the ingest key of the sensor'),
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    path: ['password'],
    error: 'expected both user and password, or neither',
  });

const configSchema = z.strictObject({
  /** `http://127.0.0.1:7071`; a path is kept. */
  cloudUrl: addressSchema.refine((url) => !/[?#]/.test(url), 'expected an address without ? and #'),
  cameras: z
    .array(cameraSchema)
    .min(1, 'expected at least one camera')
    .max(64, 'expected at most 64 cameras'),
});

/** A camera that has to be asked. */
export type Camera = {
  readonly sensorId: string;
  readonly url: string;
  readonly login: Login | null;
  readonly everyMs: number;
  readonly ingestKey: string;
};

export type Login = { readonly user: string; readonly password: string };

export type PollerConfig = { readonly cloudUrl: string; readonly cameras: readonly Camera[] };

/** @throws HostError ERR_OPTIONS that names each field that is wrong, and never what is in it. */
export function pollerConfigOf(text: string): PollerConfig {
  const parsed = configSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.join('.')}: ${message}`,
    );
    throw new HostError('ERR_OPTIONS', wrong.join('; '));
  }
  const { cloudUrl, cameras } = parsed.data;
  return {
    cloudUrl: cloudUrl.replace(/\/+$/, ''),
    cameras: cameras.map(({ sensorId, url, user, password, everySeconds, ingestKey }) => ({
      sensorId,
      url,
      login: user === undefined || password === undefined ? null : { user, password },
      everyMs: everySeconds * SECOND_MS,
      ingestKey,
    })),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the text, which holds passwords.
    throw new HostError('ERR_OPTIONS', 'expected JSON');
  }
}
