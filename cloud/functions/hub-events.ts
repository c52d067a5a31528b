import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { StampedEvent } from './stamped-event.ts';

const MAX_CONTENT_TYPE_LENGTH = 256;
const MAX_PARTITION_ID_LENGTH = 64;

/** Event Hubs numbers arrive as numbers or, from some workers, as Long-like pairs. */
const sequenceNumberSchema = z.union([
  z.number(),
  z.string().regex(/^\d{1,20}$/, 'expected a number'),
  // The same number, so that a message handed over again by a newer worker is still the same message.
  z
    .object({ low: z.int(), high: z.int() })
    .transform(({ low, high }) => String(BigInt(high) * 4_294_967_296n + BigInt(low >>> 0))),
]);

const systemPropertiesSchema = z.object({
  'iothub-connection-device-id': z.string(),
  'iothub-enqueuedtime': z.string().optional(),
  // Of another type, it is as good as none: the message still has its sensor.
  'message-id': z.union([z.string(), z.number()]).optional().catch(undefined),
  'content-type': z.string().max(MAX_CONTENT_TYPE_LENGTH).optional().catch(undefined),
});

const metadataSchema = z.object({
  systemPropertiesArray: z.custom<readonly unknown[]>(Array.isArray, 'expected an array'),
  // Without them, messages that bring no key of their own would all look like one and the same: better loud than lost.
  sequenceNumberArray: z.union([z.custom<readonly number[]>(areNumbers), z.array(sequenceNumberSchema)]),
  enqueuedTimeUtcArray: z.array(z.string()).optional(),
  partitionContext: z
    .object({ partitionId: z.union([z.string().max(MAX_PARTITION_ID_LENGTH), z.number()]).optional() })
    .optional(),
});

/**
 * Joins the batch's bodies with their metadata, by position.
 * A message that no device sent (no stamped id) is left out and counted: no one could be told of it.
 */
export function stampedEvents(
  bodies: readonly unknown[],
  triggerMetadata: unknown,
  nowMs: number,
): { readonly events: readonly StampedEvent[]; readonly unstamped: number } {
  const metadata = metadataSchema.parse(triggerMetadata);
  if (metadata.sequenceNumberArray.length !== bodies.length) {
    throw new RangeError(
      `expected ${bodies.length} sequence numbers, got ${metadata.sequenceNumberArray.length}`,
    );
  }
  const partition = metadata.partitionContext?.partitionId ?? '';
  const msOf = timesRead();
  const events: StampedEvent[] = [];
  for (const [index, body] of bodies.entries()) {
    const stamps = stampsOf(metadata.systemPropertiesArray[index]);
    if (stamps === undefined) continue;
    const { 'iothub-enqueuedtime': enqueuedTime, 'message-id': messageId } = stamps;
    const sequence = metadata.sequenceNumberArray[index];
    events.push({
      sensorId: stamps['iothub-connection-device-id'],
      enqueuedAtMs: msOf(enqueuedTime ?? metadata.enqueuedTimeUtcArray?.[index]) ?? nowMs,
      messageKey: messageId === undefined ? `e:${partition}:${sequence}` : `m:${sha256(messageId)}`,
      contentType: stamps['content-type'] ?? null,
      body: bytesOf(body),
    });
  }
  return { events, unstamped: bodies.length - events.length };
}

type Stamps = z.infer<typeof systemPropertiesSchema>;

/** Undefined where no device sent it. Most carry nothing but the hub's own stamps, and need no schema. */
function stampsOf(properties: unknown): Stamps | undefined {
  return isPlain(properties) ? properties : systemPropertiesSchema.safeParse(properties).data;
}

function isPlain(properties: unknown): properties is Stamps {
  if (typeof properties !== 'object' || properties === null) return false;
  const stamps: Partial<Record<keyof Stamps, unknown>> = properties;
  return (
    typeof stamps['iothub-connection-device-id'] === 'string' &&
    typeof stamps['iothub-enqueuedtime'] === 'string' &&
    stamps['message-id'] === undefined &&
    stamps['content-type'] === undefined
  );
}

function areNumbers(list: unknown): boolean {
  return Array.isArray(list) && list.every(Number.isFinite);
}

/** A device may put anything into its message id, of any length: what no database takes as text, and what no index takes. */
const sha256 = (text: string | number): string =>
  createHash('sha256').update(String(text)).digest('base64url');

/** The host writes some of these times without a zone; they are all UTC. */
function utcMs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** The messages of a batch come within a few milliseconds: a time that was read for the one before is not read again. */
function timesRead(): (text: string | undefined) => number | undefined {
  let last: { readonly text: string | undefined; readonly ms: number | undefined } | undefined;
  return (text) => {
    if (last === undefined || text !== last.text) last = { text, ms: utcMs(text) };
    return last.ms;
  };
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}
