import type { Device } from '../state/devices.ts';
import type { CommitQueue } from './commit-queue.ts';
import { errorAnswer, type HttpAnswer, throttledAnswer } from './http-answer.ts';
import type { HubEvent } from './hub-event.ts';
import { type PostedMessage, parseBatch } from './posted-batch.ts';
import type { PropertyBag } from './property-bag.ts';
import { type StampEvent, stamped, stampsOf } from './stamp-event.ts';

const OWN_PREFIX = /^iothub-app-/i;
const RETRY_FULL_QUEUE_MS = 1_000;

/** Names of headers, and of properties in a batch, and what each is called in the event. Others are dropped. */
const SYSTEM_NAMES = new Map([
  ['iothub-messageid', 'message-id'],
  ['iothub-correlationid', 'correlation-id'],
  ['iothub-userid', 'user-id'],
  ['iothub-contenttype', 'content-type'],
  ['iothub-contentencoding', 'content-encoding'],
  ['iothub-creationtimeutc', 'iothub-creation-time-utc'],
  ['iothub-creation-time-utc', 'iothub-creation-time-utc'],
  ['dt-subject', 'dt-subject'],
]);

export type PostServices = {
  readonly queue: CommitQueue;
  readonly stamp: StampEvent;
  /** Takes so many messages of the device; how long to wait before they may come, 0 if at once. */
  readonly waitMs: (deviceId: string, messages: number) => number;
};

export type Post = {
  readonly device: Device;
  /** As Node gives them, name and value in turn: a sender's own names keep their case. */
  readonly rawHeaders: readonly string[];
  readonly isBatch: boolean;
  readonly body: Buffer;
};

/** Takes device-to-cloud messages that came by HTTPS. The answer comes once all are committed, or cannot be. */
export async function takePost(post: Post, { queue, stamp, waitMs }: PostServices): Promise<HttpAnswer> {
  const messages = messagesOf(post);
  if ('fault' in messages) return errorAnswer('ArgumentInvalid', messages.fault);
  if (queue.isFull) return throttledAnswer('too many messages wait to be stored', RETRY_FULL_QUEUE_MS);
  const afterMs = waitMs(post.device.deviceId, messages.length);
  if (afterMs > 0) return throttledAnswer('the device sends too often', afterMs);
  const stamps = stampsOf(post.device);
  const events = messages.map(({ body, properties }) => stamp(stamped(bagOf(properties), stamps), body));
  return (await areCommitted(queue, events))
    ? { status: 204 }
    : errorAnswer('ServiceUnavailable', 'the messages could not be stored: send them again');
}

function messagesOf({ isBatch, body, rawHeaders }: Post): ReturnType<typeof parseBatch> {
  if (isBatch) return parseBatch(body);
  const properties: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    properties.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return [{ body, properties }];
}

function bagOf(properties: PostedMessage['properties']): PropertyBag {
  const system: [string, string][] = [];
  const own: [string, string][] = [];
  for (const [name, value] of properties) {
    const systemName = SYSTEM_NAMES.get(name.toLowerCase());
    if (systemName !== undefined) system.push([systemName, value]);
    else if (OWN_PREFIX.test(name)) own.push([name.replace(OWN_PREFIX, ''), value]);
  }
  return { system: Object.fromEntries(system), own: Object.fromEntries(own) };
}

function areCommitted(queue: CommitQueue, events: readonly HubEvent[]): Promise<boolean> {
  return new Promise((resolve) => {
    let uncommitted = events.length;
    const sender = {
      acknowledge: () => {
        uncommitted -= 1;
      },
      flush: () => {
        if (uncommitted === 0) resolve(true);
      },
      abandon: () => resolve(false),
      resume: () => {},
    };
    for (const event of events) queue.add(event, sender, 0);
  });
}
