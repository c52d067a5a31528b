import * as z from 'zod';
import { correctionRecordSchema } from '../../cloud/contracts/correction.ts';
import type { StoreDescriptionInput } from '../../cloud/contracts/store-description.ts';
import type { HubMessage } from '../../cloud/functions/hub-messages.ts';
import { NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import type { CloudOnStore, HubSays } from '../support/cloud-on-store.ts';

const MINUTE_MS = 60_000;
const EVENING_MS = NOON_MS + 8 * 60 * MINUTE_MS;
const RESET_MS = Date.parse('2026-11-22T05:00:00+01:00');

/** One thing that the cloud is asked to do. It may be asked again: by the hub, by its timer, or by a person who looks first. */
export type Step = {
  readonly name: string;
  readonly nowMs: number;
  /** One transaction: after a crash all of it is there or nothing. Else some of its transactions. */
  readonly isOneTransaction: boolean;
  readonly run: (cloud: CloudOnStore) => Promise<readonly HubMessage[]>;
};

/** Two zones, a bar that its own sensor measures, doors to the street and one within. */
const HALLS: StoreDescriptionInput = {
  ...calleMayor({ limits: { soft: 8, hard: 10 }, dailyReset: { at: '05:00', to: 2 } }),
  zones: [
    { id: 'hall', name: 'Hall' },
    { id: 'cellar', name: 'Cellar', limits: { soft: 2, hard: 3 } },
    { id: 'bar', name: 'Bar', sensors: [{ id: 'above-1' }] },
  ],
  doors: [
    { id: 'street', name: 'Street', into: 'hall', sensors: [{ id: 'street-1' }] },
    {
      id: 'stairs',
      name: 'Stairs',
      into: 'cellar',
      from: 'hall',
      sensors: [{ id: 'stairs-1', flipped: true }],
    },
    { id: 'counter', name: 'Counter', into: 'bar', from: 'hall', sensors: [{ id: 'counter-1' }] },
  ],
};
const STATION: StoreDescriptionInput = {
  ...calleMayor({ name: 'Station' }),
  doors: [{ id: 'gate', name: 'Gate', sensors: [{ id: 'gate-1' }] }],
};

/** The stores as they stand before the evening. */
export async function openStores(cloud: CloudOnStore): Promise<void> {
  await cloud.keep('calle-mayor', HALLS);
  await cloud.keep('station', STATION);
  await cloud.say(
    said('street-1', { in: 4, boot: 'b1', sequence: 1 }),
    said('gate-1', { kind: 'cumulative', in: 900, out: 880, boot: 'g1', sequence: 1 }),
  );
  await cloud.flush();
}

/** All that changes a count, once. */
export const BUSY_EVENING: readonly Step[] = [
  {
    // An inner door, repetitions, totals, an absolute count, an alert, and what is refused.
    name: 'a batch of two stores',
    nowMs: EVENING_MS,
    isOneTransaction: true,
    run: (cloud) =>
      cloud.say(
        said('street-1', { in: 9, out: 1, boot: 'b1', sequence: 2 }),
        said('stairs-1', { out: 4, boot: 'b1', sequence: 1 }),
        said('street-1', { in: 9, out: 1, boot: 'b1', sequence: 2 }),
        said('street-1', { in: 4, boot: 'b1', sequence: 1 }),
        said('gate-1', { kind: 'cumulative', in: 912, out: 885, boot: 'g1', sequence: 2 }),
        said('above-1', { kind: 'absolute', people: 5, boot: 'b1', sequence: 1 }),
        said('counter-1', { in: 2, boot: 'b1', sequence: 1 }),
        { ...said('stairs-1', 'not JSON'), messageId: 'garbled' },
        { ...said('gate-1', { in: 100_000, boot: 'g2', sequence: 9 }), messageId: 'absurd' },
        said('nowhere-1', { in: 3, boot: 'b1', sequence: 1 }),
      ),
  },
  {
    name: 'a correction of a minute ago',
    nowMs: EVENING_MS + 2 * MINUTE_MS,
    isOneTransaction: true,
    run: correctOnce,
  },
  {
    // A day ends too, and doors have fallen silent.
    name: 'a flush with a daily reset',
    nowMs: RESET_MS + MINUTE_MS,
    isOneTransaction: false,
    run: (cloud) => cloud.flush(),
  },
  {
    // It speaks of a time before it too.
    name: 'a batch after the reset',
    nowMs: RESET_MS + 2 * MINUTE_MS,
    isOneTransaction: true,
    run: (cloud) =>
      cloud.say(
        said('street-1', { out: 3, boot: 'b1', sequence: 3, at: '2026-11-22T04:58:00+01:00' }),
        said('street-1', { in: 1, boot: 'b1', sequence: 4, at: '2026-11-22T05:01:30+01:00' }),
        said('above-1', { kind: 'absolute', people: 1, boot: 'b1', sequence: 2 }),
        said('gate-1', { kind: 'cumulative', in: 3, out: 0, boot: 'g2', sequence: 1 }),
      ),
  },
];

const said = (sensorId: string, body: object | string): HubSays => ({ sensorId, body });

const answerSchema = z.object({ corrections: z.array(correctionRecordSchema).length(1) });

/** Who does not know whether it was done looks into the record before they do it again. */
async function correctOnce(cloud: CloudOnStore): Promise<readonly HubMessage[]> {
  const known = await cloud.services.store.look((tx) => tx.history.corrections('calle-mayor', 1));
  if (known.length > 0) return [];
  const at = new Date(EVENING_MS + MINUTE_MS).toISOString();
  const done = await cloud.correct('calle-mayor', { kind: 'set', zone: 'hall', people: 3, at, by: 'Mara' });
  answerSchema.parse(done.jsonBody);
  return [];
}
