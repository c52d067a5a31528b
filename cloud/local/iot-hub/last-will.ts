import type { IConnectPacket } from 'mqtt-packet';
import type { Logger } from 'pino';
import type { CommitQueue, Sender } from './commit-queue.ts';
import { type DeviceTopics, retained } from './device-topics.ts';
import { type PropertyBag, withOwn } from './property-bag.ts';
import type { StampEvent } from './stamp-event.ts';

/** What a device wants said when its connection ends without a DISCONNECT; its bag is stamped. */
export type LastWill = { readonly bag: PropertyBag; readonly body: Buffer };

/** IoT Hub takes a will as one more message of the device, told from the others by `iothub-MessageType`. */
export function lastWillOf(
  will: IConnectPacket['will'],
  topics: DeviceTopics,
): LastWill | 'none' | 'bad-will' {
  if (will === undefined) return 'none';
  const bag = topics.bagOf(will.topic);
  if (typeof bag === 'string' || (will.qos ?? 0) > 1) return 'bad-will';
  const marked = withOwn(bag, 'iothub-MessageType', 'Will');
  return { bag: will.retain ? retained(marked) : marked, body: Buffer.from(will.payload) };
}

/** Nobody waits to hear what became of a will. */
const NOBODY: Sender = { acknowledge: () => {}, flush: () => {}, abandon: () => {}, resume: () => {} };

/** A will that cannot be taken, on a full disk, is lost as if its device had none. */
export function leaveWill(
  { bag, body }: LastWill,
  { queue, stamp, log }: { readonly queue: CommitQueue; readonly stamp: StampEvent; readonly log: Logger },
): void {
  try {
    queue.add(stamp(bag, body), NOBODY, 0);
  } catch (err) {
    log.error({ err }, 'a last will is lost');
  }
}
