import type { Device } from '../state/devices.ts';
import type { CommitQueue } from './commit-queue.ts';
import { errorAnswer, type HttpAnswer } from './http-answer.ts';
import type { HubEvent } from './hub-event.ts';
import type { PropertyBag } from './property-bag.ts';
import { type StampEvent, stampsOf } from './stamp-event.ts';

const OWN_PREFIX = /^iothub-app-/i;

/** Header names of the device API, and what each is called in the event. */
const SYSTEM_NAMES = new Map([
  ['iothub-messageid', 'message-id'],
  ['iothub-correlationid', 'correlation-id'],
  ['iothub-userid', 'user-id'],
  ['iothub-contenttype', 'content-type'],
  ['iothub-contentencoding', 'content-encoding'],
]);

/** Takes one device-to-cloud message that came by HTTPS. The answer comes once it is committed, or cannot be. */
export async function takePostedMessage(
  message: { readonly device: Device; readonly rawHeaders: readonly string[]; readonly body: Buffer },
  { queue, stamp }: { readonly queue: CommitQueue; readonly stamp: StampEvent },
): Promise<HttpAnswer> {
  if (queue.isFull) return errorAnswer('ThrottlingException', 'too many messages wait to be stored');
  const event = stamp(stampsOf(message.device), headerProperties(message.rawHeaders), message.body);
  return (await isCommitted(queue, event))
    ? { status: 204 }
    : errorAnswer('ServiceUnavailable', 'the message could not be stored: send it again');
}

/** `rawHeaders` as Node gives them, name and value in turn: a sender's own names keep their case. */
export function headerProperties(rawHeaders: readonly string[]): PropertyBag {
  const system: [string, string][] = [];
  const own: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    const systemName = SYSTEM_NAMES.get(name.toLowerCase());
    if (systemName !== undefined) system.push([systemName, value]);
    else if (OWN_PREFIX.test(name)) own.push([name.replace(OWN_PREFIX, ''), value]);
  }
  return { system: Object.fromEntries(system), own: Object.fromEntries(own) };
}

function isCommitted(queue: CommitQueue, event: HubEvent): Promise<boolean> {
  return new Promise((resolve) => {
    const sender = {
      acknowledge: () => {},
      flush: () => resolve(true),
      abandon: () => resolve(false),
      resume: () => {},
    };
    queue.add(event, sender, 0);
  });
}
