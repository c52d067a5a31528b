import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'SharedAccessSignature ';
const MAX_TOKEN_CHARACTERS = 4_096;
const FIELD = /^(sr|sig|se|skn)=(.*)$/s;
const UNIX_SECONDS = /^\d{1,12}$/;

/** A shared access signature as it was sent. Nothing of it is proven before `isSignedWith`. */
export type SasToken = {
  /** `sr` exactly as sent, since that text was signed: device libraries differ in how they escape it. */
  readonly signedResource: string;
  readonly signedExpiry: string;
  readonly signature: string;
  /** `sr` decoded, in lower case: `localhost:8883/devices/door-1`. */
  readonly resource: string;
  readonly expiresAtMs: number;
  /** `skn`: the policy whose key signed; undefined or empty for a device's own key. */
  readonly policyName: string | undefined;
};

/** Undefined for anything that is not a whole token; never throws. */
export function parseSasToken(text: string): SasToken | undefined {
  if (!text.startsWith(PREFIX) || text.length > MAX_TOKEN_CHARACTERS) return undefined;
  const fields = new Map<string, string>();
  for (const part of text.slice(PREFIX.length).split('&')) {
    const [, name, value] = FIELD.exec(part) ?? [];
    // A field that comes twice could be read one way here and another way elsewhere.
    if (name === undefined || value === undefined || fields.has(name)) return undefined;
    fields.set(name, value);
  }
  const signedResource = fields.get('sr');
  const signedExpiry = fields.get('se') ?? '';
  const signature = decoded(fields.get('sig'));
  const resource = decoded(signedResource)?.toLowerCase();
  if (signedResource === undefined || signature === undefined || resource === undefined) return undefined;
  if (!UNIX_SECONDS.test(signedExpiry)) return undefined;
  const expiresAtMs = Number(signedExpiry) * 1_000;
  return { signedResource, signedExpiry, signature, resource, expiresAtMs, policyName: fields.get('skn') };
}

/** Whether the key, base64, made this signature. Takes the same time whichever byte differs. */
export function isSignedWith(token: SasToken, key: string): boolean {
  const signed = `${token.signedResource}\n${token.signedExpiry}`;
  const expected = Buffer.from(
    createHmac('sha256', Buffer.from(key, 'base64')).update(signed).digest('base64'),
  );
  const given = Buffer.from(token.signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Whether the token is for this path of a hub of one of these names (lower case), or for all that begins a part of it. */
export function coversPath(token: SasToken, hubNames: ReadonlySet<string>, path: readonly string[]): boolean {
  const [hubName = '', ...granted] = token.resource.split('/');
  return (
    hubNames.has(hubName) &&
    granted.length <= path.length &&
    granted.every((segment, index) => segment === path[index]?.toLowerCase())
  );
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
