import { type PropertyBag, parsePropertyBag, withOwn } from './property-bag.ts';
import { type DeviceStamps, stamped } from './stamp-event.ts';

const REFUSED = 0x80;
const MAX_GRANTED_QOS = 1;
/** IoT Hub's limit of a device. */
const MAX_SUBSCRIPTIONS = 5;

export type BadTopic = 'foreign-topic' | 'too-many-properties';

/** The topics of one device: what it may publish to and subscribe to. */
export class DeviceTopics {
  readonly #stamps: DeviceStamps;
  readonly #events: string;
  readonly #cloudToDevice: string;
  readonly #subscriptions = new Set<string>();
  #lastTopic: Buffer = Buffer.alloc(0);
  #lastBag: PropertyBag | undefined;

  constructor(deviceId: string, stamps: DeviceStamps) {
    this.#stamps = stamps;
    this.#events = `devices/${deviceId}/messages/events`;
    this.#cloudToDevice = `devices/${deviceId}/messages/devicebound/#`;
  }

  /** The stamped properties of a device-to-cloud message whose topic is in these bytes. */
  bagAt(bytes: Buffer, start: number, end: number): PropertyBag | BadTopic {
    // A sensor says the same of every message, as a rule.
    const isSame = bytes.compare(this.#lastTopic, 0, this.#lastTopic.length, start, end) === 0;
    if (isSame && this.#lastBag !== undefined) return this.#lastBag;
    const bag = this.bagOf(bytes.toString('utf8', start, end));
    if (typeof bag === 'string') return bag;
    this.#lastTopic = Buffer.from(bytes.subarray(start, end));
    this.#lastBag = bag;
    return bag;
  }

  bagOf(topic: string): PropertyBag | BadTopic {
    if (topic !== this.#events && !topic.startsWith(`${this.#events}/`)) return 'foreign-topic';
    const bag = parsePropertyBag(topic.slice(this.#events.length + 1));
    return bag === undefined ? 'too-many-properties' : stamped(bag, this.#stamps);
  }

  /**
   * The QoS granted for a topic filter, or the failure code of MQTT-3.9.3. Cloud-to-device messages, twins and direct
   * methods are not built: the device SDKs may subscribe to them, and nothing is ever sent there.
   */
  subscribe(filter: string, qos: number): number {
    const isKnown = filter === this.#cloudToDevice || filter.startsWith('$iothub/');
    if (!isKnown) return REFUSED;
    if (this.#subscriptions.size >= MAX_SUBSCRIPTIONS && !this.#subscriptions.has(filter)) return REFUSED;
    this.#subscriptions.add(filter);
    return Math.min(qos, MAX_GRANTED_QOS);
  }

  unsubscribe(filter: string): void {
    this.#subscriptions.delete(filter);
  }
}

/** IoT Hub keeps no message for later subscribers; it hands the flag on. */
export const retained = (bag: PropertyBag): PropertyBag => withOwn(bag, 'mqtt-retain', 'true');
