import fc from 'fast-check';
import type { HubEvent } from './hub-log.ts';
import { picked } from './walk.ts';

/**
 * How the hub hands a log over. `order`: which sensor comes next, of those with something left; null: as logged. `cuts`:
 * how long each batch is. `replays`: after which batch which run of what was handed over comes again.
 */
export type Channel = {
  readonly order: readonly number[] | null;
  readonly cuts: readonly number[];
  readonly replays: readonly Replay[];
};

type Replay = {
  readonly after: number;
  /** Where the run begins; 0 is the first message of all. */
  readonly from: number;
  readonly length: number;
  /** At the head of the next batch, as after a checkpoint; else a batch of its own. */
  readonly joined: boolean;
};

export type Batch = readonly HubEvent[];

const orders = fc.array(fc.nat(5), { minLength: 8, maxLength: 16 });
const cuts = fc.array(fc.oneof(fc.constantFrom(1, 2), fc.integer({ min: 3, max: 25 })), {
  minLength: 1,
  maxLength: 5,
});
const replays = fc.array(
  fc.record({
    after: fc.nat(6),
    from: fc.oneof(fc.constant(0), fc.nat(24)),
    length: fc.integer({ min: 1, max: 24 }),
    joined: fc.boolean(),
  }),
  { maxLength: 3 },
);

export const channels: fc.Arbitrary<Channel> = fc.record({
  order: fc.option(orders, { freq: 3 }),
  cuts,
  replays,
});
/** Hands over each message once, in some order. */
export const reorderings: fc.Arbitrary<Channel> = fc.record({
  order: orders,
  cuts,
  replays: fc.constant([]),
});
/** Hands over each message once, as logged. */
export const splits: fc.Arbitrary<Channel> = fc.record({
  order: fc.constant(null),
  cuts,
  replays: fc.constant([]),
});

/** Each message once, as logged, in one batch. */
export const WHOLE: Channel = { order: null, cuts: [Number.POSITIVE_INFINITY], replays: [] };

export function batchesOf(
  log: readonly HubEvent[],
  { order, cuts: lengths, replays: again }: Channel,
): Batch[] {
  const inOrder = order === null ? [...log] : reordered(log, order);
  const batches: Batch[] = [];
  const handed: HubEvent[] = [];
  let head: readonly HubEvent[] = [];
  for (let index = 0; handed.length < inOrder.length; index += 1) {
    const batch = inOrder.slice(handed.length, handed.length + picked(lengths, index));
    batches.push([...head, ...batch]);
    handed.push(...batch);
    head = [];
    for (const { after, from, length, joined } of again) {
      if (after !== index) continue;
      const start = from % handed.length;
      const run = handed.slice(start, start + length);
      if (joined) head = [...head, ...run];
      else batches.push(run);
    }
  }
  return head.length > 0 ? [...batches, head] : batches;
}

/** Each sensor's own messages stay in their order. When the picks are used up they begin again. */
function reordered(log: readonly HubEvent[], order: readonly number[]): HubEvent[] {
  const queues = [...Map.groupBy(log, ({ sensorId }) => sensorId).values()].map((queue) => [...queue]);
  return log.flatMap((_, index) => {
    const waiting = queues.filter((queue) => queue.length > 0);
    const next = picked(waiting, order[index % order.length] ?? 0).shift();
    return next ?? [];
  });
}
