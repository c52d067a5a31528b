import { DOORS, STORES, sensorIdOf, storeIdOf } from './chain.ts';

/** A message as a sensor sends it. Sent again, it is the same to the letter. */
export type Message = {
  readonly sensorId: string;
  readonly storeId: string;
  readonly sequence: number;
  readonly in: number;
  readonly out: number;
  readonly enqueuedAtMs: number;
  readonly body: string;
};

export type Traffic = { readonly batches: number; readonly batchSize: number; readonly replayed: number };

type Sequences = Map<string, number>;

/** What must come out: of a message that came twice, once. */
export type Expected = {
  messages: number;
  in: number;
  out: number;
  readonly countOf: Map<string, number>;
};

/**
 * Batches of messages of all sensors in no order, as a hub's partition brings them. Of `replayed`, a part of 1, each is
 * one of those that came before. The same numbers every time: all sides of a comparison are given the same people.
 * The first batch is of its own: every sensor once, so that no door is silent from then on.
 */
export function* trafficOf({ batches, batchSize, replayed }: Traffic, now: () => number, expected: Expected) {
  const random = randomFrom(20_261_121);
  const sequences: Sequences = new Map();
  const sent: Message[] = [];
  yield openingOf(random, sequences, now(), expected);
  for (let batch = 0; batch < batches; batch += 1) {
    const nowMs = now();
    const at = new Date(nowMs).toISOString();
    const messages: Message[] = [];
    for (let index = 0; index < batchSize; index += 1) {
      const again =
        sent.length > 0 && random() < replayed ? sent[Math.floor(random() * sent.length)] : undefined;
      messages.push(again ?? message(random, sequences, nowMs, at));
      if (again === undefined) note(expected, messages[index]);
    }
    for (const one of messages) if (sent.length < 10_000) sent.push(one);
    yield messages;
  }
}

export const nobodyYet = (): Expected => ({ messages: 0, in: 0, out: 0, countOf: new Map() });

function openingOf(random: () => number, sequences: Sequences, nowMs: number, expected: Expected): Message[] {
  const at = new Date(nowMs).toISOString();
  const doors = Array.from({ length: STORES * DOORS }, (_, index) => index);
  const messages = doors.map((index) => messageOf(index, random, sequences, nowMs, at));
  for (const one of messages) note(expected, one);
  return messages;
}

const message = (random: () => number, sequences: Sequences, nowMs: number, at: string): Message =>
  messageOf(Math.floor(random() * STORES * DOORS), random, sequences, nowMs, at);

function messageOf(
  sensor: number,
  random: () => number,
  sequences: Sequences,
  enqueuedAtMs: number,
  at: string,
): Message {
  const store = Math.floor(sensor / DOORS);
  const sensorId = sensorIdOf(store, sensor % DOORS);
  const sequence = (sequences.get(sensorId) ?? 0) + 1;
  sequences.set(sensorId, sequence);
  const passed = { in: Math.floor(random() * 3), out: Math.floor(random() * 3) };
  const body = JSON.stringify({ ...passed, boot: 'b1', sequence, at });
  return { sensorId, storeId: storeIdOf(store), sequence, ...passed, enqueuedAtMs, body };
}

function note(expected: Expected, message: Message | undefined): void {
  if (message === undefined) return;
  expected.messages += 1;
  expected.in += message.in;
  expected.out += message.out;
  const before = expected.countOf.get(message.storeId) ?? 0;
  expected.countOf.set(message.storeId, before + message.in - message.out);
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
