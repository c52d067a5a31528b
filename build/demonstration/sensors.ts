import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { batchesOf, DOOR_MINUTES_AT_ONCE, doorMinutes, startOfBacklog } from './backlog.ts';
import { type DoorId, type Passage, passagesOfDay } from './day.ts';
import { DEMONSTRATION } from './demonstration-store.ts';
import { createDoorCounter, type DoorCounter } from './door-counter.ts';
import { createHostApi } from './host-api.ts';
import { connectedSender } from './mqtt-sender.ts';
import { type Order, orderSchema, ordersBegun } from './order.ts';
import { seededRandom } from './seeded-random.ts';

const CLOSE_WITHIN_MS = 2_000;

type Counters = ReadonlyMap<DoorId, DoorCounter>;

const stop = new AbortController();
for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.once(event, () => stop.abort());
process.once('message', (message) => {
  runSensors(orderSchema.parse(message), stop.signal).then(
    () => process.exit(0),
    (error) => {
      if (!stop.signal.aborted) say(error instanceof Error ? error.message : String(error));
      process.exit(stop.signal.aborted ? 0 : 1);
    },
  );
});

/** Connects the sensors of the demonstration store and lets customers come and go until the signal stops them. */
async function runSensors(order: Order, signal: AbortSignal): Promise<void> {
  const { ca, sensors } = order;
  const boot = randomUUID();
  const senders = await Promise.all(
    sensors.map(async ({ doorId, connectionString }) => ({
      doorId,
      sender: await connectedSender({ connectionString, ca, say, signal }),
    })),
  );
  const counters: Counters = new Map(
    senders.map(({ doorId, sender }) => [
      doorId,
      createDoorCounter({ send: sender.send, boot, now: Date.now, say, signal }),
    ]),
  );
  try {
    const passages = await customers(order, counters);
    for (const counter of counters.values()) await counter.count([{ atMs: Date.now(), in: 0, out: 0 }]);
    process.send?.(ordersBegun);
    await countLive(passages, counters, signal);
  } finally {
    const closed = Promise.allSettled(senders.map(({ sender }) => sender.close()));
    await Promise.race([closed, pause(CLOSE_WITHIN_MS)]);
  }
}

/** Customers from now on. A store that never heard of its sensors first gets the day until now, as after a time offline. */
async function customers(order: Order, counters: Counters): Promise<Iterator<Passage>> {
  const { content, proof } = await createHostApi(order.httpUrl, order.hostKey).snapshot(
    DEMONSTRATION.storeId,
  );
  const nowMs = Date.now();
  const isNew = proof.ageMs === null && content.today.in === 0 && content.count === 0;
  const passages = passagesOfDay({
    fromMs: isNew ? startOfBacklog(nowMs) : nowMs,
    inside: content.count,
    hourAt: localHour,
    random: seededRandom(nowMs),
  });
  if (!isNew) return passages;
  // They live: what comes now is of before, and nobody is to take them for silent.
  for (const counter of counters.values()) await counter.count([{ atMs: nowMs, in: 0, out: 0 }]);
  const past: Passage[] = [];
  let next = passages.next();
  for (; next.value.atMs < nowMs; next = passages.next()) past.push(next.value);
  for (const batch of batchesOf(doorMinutes(past), DOOR_MINUTES_AT_ONCE)) {
    await counters.get(batch.doorId)?.count(batch.minutes);
  }
  return startingWith(next.value, passages);
}

async function countLive(
  passages: Iterator<Passage>,
  counters: Counters,
  signal: AbortSignal,
): Promise<void> {
  for (let next = passages.next(); !next.done && !signal.aborted; next = passages.next()) {
    const { atMs, doorId, direction } = next.value;
    await pause(Math.max(0, atMs - Date.now()), undefined, { signal });
    const one = { atMs, in: 0, out: 0, [direction]: 1 };
    // Not awaited: people do not wait for the hub. What is not acknowledged stays with the counter.
    counters
      .get(doorId)
      ?.count([one])
      .catch(() => {});
  }
}

function* startingWith(first: Passage, rest: Iterable<Passage>): Generator<Passage> {
  yield first;
  yield* rest;
}

function localHour(atMs: number): number {
  const local = new Date(atMs);
  return local.getHours() + local.getMinutes() / 60;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
