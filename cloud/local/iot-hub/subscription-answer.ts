import { generate } from 'mqtt-packet';
import type { DeviceTopics } from './device-topics.ts';
import { parseControlPacket } from './mqtt-packets.ts';

export type SubscriptionAnswer = { readonly bytes: Buffer } | { readonly fault: string };

/** What to say to a SUBSCRIBE or UNSUBSCRIBE, or why the connection ends. */
export function subscriptionAnswer(topics: DeviceTopics, header: number, body: Buffer): SubscriptionAnswer {
  const packet = parseControlPacket(header, body);
  if (packet?.cmd === 'subscribe') {
    const { messageId = 0, subscriptions } = packet;
    if (messageId < 1 || subscriptions.length === 0) return { fault: 'malformed SUBSCRIBE' };
    const granted = subscriptions.map(({ topic, qos }) => topics.subscribe(topic, qos));
    return { bytes: generate({ cmd: 'suback', messageId, granted }) };
  }
  if (packet?.cmd === 'unsubscribe') {
    const { messageId = 0, unsubscriptions } = packet;
    if (messageId < 1 || unsubscriptions.length === 0) return { fault: 'malformed UNSUBSCRIBE' };
    for (const filter of unsubscriptions) topics.unsubscribe(filter);
    return { bytes: generate({ cmd: 'unsuback', messageId, granted: [] }) };
  }
  return { fault: 'malformed subscription' };
}
