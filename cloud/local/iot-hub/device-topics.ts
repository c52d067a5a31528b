import { type PropertyBag, parsePropertyBag } from './property-bag.ts';

const REFUSED = 0x80;
const MAX_GRANTED_QOS = 1;

/** The topics of one device: what it may publish to and subscribe to. */
export class DeviceTopics {
  readonly #events: string;
  readonly #cloudToDevice: string;
  #lastTopic: string | undefined;
  #lastBag: PropertyBag | undefined;

  constructor(deviceId: string) {
    this.#events = `devices/${deviceId}/messages/events`;
    this.#cloudToDevice = `devices/${deviceId}/messages/devicebound/#`;
  }

  /** The properties in the topic of a device-to-cloud message; undefined if the device may not publish there. */
  propertiesOf(topic: string): PropertyBag | undefined {
    // A sensor says the same of every message, as a rule.
    if (topic === this.#lastTopic) return this.#lastBag;
    if (topic !== this.#events && !topic.startsWith(`${this.#events}/`)) return undefined;
    this.#lastTopic = topic;
    this.#lastBag = parsePropertyBag(topic.slice(this.#events.length + 1));
    return this.#lastBag;
  }

  /**
   * The QoS granted for a topic filter, or the failure code of MQTT-3.9.3. Cloud-to-device messages, twins and direct
   * methods are not built: the device SDKs may subscribe to them, and nothing is ever sent there.
   */
  grantedQos(filter: string, qos: number): number {
    const known = filter === this.#cloudToDevice || filter.startsWith('$iothub/');
    return known ? Math.min(qos, MAX_GRANTED_QOS) : REFUSED;
  }
}
