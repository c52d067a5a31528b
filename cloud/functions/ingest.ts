import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { AGE_HEADER } from '../contracts/http.ts';
import { sensorIdSchema } from '../contracts/identifiers.ts';
import { countReadings } from './count-readings.ts';
import { parsed, refusal } from './http-answers.ts';
import type { Say } from './say.ts';
import { countSetting, type Services } from './services.ts';
import type { StampedEvent } from './stamped-event.ts';

/** As a message of IoT Hub; a camera that sends a picture beside its counts needs more. */
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_CONTENT_TYPE_LENGTH = 256;
const MAX_AGE_MS = 7 * 24 * 3_600_000;
const NO_KEY = Buffer.alloc(32);

/**
 * The plain HTTP push of a camera, in its own content type and framing: counted like a message of the hub, and answered
 * once that is committed. A camera that is not told 200 sends again, and its own numbers keep it from counting twice.
 */
export const ingest =
  (services: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const { store, now } = services;
    const sensorId = parsed(request.params.sensorId, sensorIdSchema);
    if (!sensorId.ok || !(await isKeyOf(services, sensorId.value, keyOf(request))))
      return refusal(401, 'bad-key', 'expected the key of this sensor', undefined, ASK_FOR_KEY);
    const ageMs = ageMsOf(request);
    if (ageMs === undefined)
      return refusal(
        400,
        'bad-request',
        `${AGE_HEADER}: expected whole milliseconds, at most 7 days`,
        AGE_HEADER,
      );
    const body = new Uint8Array(await request.arrayBuffer());
    if (body.length > MAX_BODY_BYTES)
      return refusal(413, 'bad-request', `body: expected at most ${MAX_BODY_BYTES} bytes`);
    const event: StampedEvent = {
      sensorId: sensorId.value,
      enqueuedAtMs: now() - ageMs,
      messageKey: `i:${randomUUID()}`,
      contentType: request.headers.get('content-type')?.slice(0, MAX_CONTENT_TYPE_LENGTH) ?? null,
      body,
    };
    const { messages } = await store.transaction((tx) => countReadings(tx, [event], countSetting(services)));
    say(context, messages);
    // Also for what was refused: it is kept, and to send it again would not make it better.
    return { status: 200, headers: { 'cache-control': 'no-store' } };
  };

/** A message may have waited with whoever hands it on; then it is no news of this moment. Undefined: it cannot be read. */
function ageMsOf({ headers }: HttpRequest): number | undefined {
  const text = headers.get(AGE_HEADER) ?? '0';
  const ageMs = /^\d{1,10}$/.test(text) ? Number(text) : undefined;
  return ageMs !== undefined && ageMs <= MAX_AGE_MS ? ageMs : undefined;
}

const ASK_FOR_KEY = { 'www-authenticate': 'Basic realm="vitrine"' };

/** Cameras differ in what they can send: a header, a user and a password, or only an address. */
function keyOf({ headers, params }: HttpRequest): string | undefined {
  const header = headers.get('x-api-key');
  if (header !== null) return header;
  const basic = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString('utf8').split(':').slice(1).join(':');
  return params.key;
}

async function isKeyOf({ store }: Services, sensorId: string, key = ''): Promise<boolean> {
  const kept = await store.look((tx) => tx.ingestKeys.sha256Of(sensorId));
  const given = createHash('sha256').update(key).digest();
  const isEqual = timingSafeEqual(kept === undefined ? NO_KEY : Buffer.from(kept, 'base64url'), given);
  return kept !== undefined && isEqual;
}
