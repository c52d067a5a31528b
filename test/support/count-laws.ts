import { expect } from 'vitest';
import { type History, historySchema } from '../../cloud/contracts/history.ts';
import type { CloudOnStore } from './cloud-on-store.ts';
import { ownerCalls } from './owner-calls.ts';

/** The history is told by the minute for two days at most, and the minute that has begun is one of them. */
const MINUTES_FOR_MS = (2 * 24 * 60 - 1) * 60_000;

type Steps = History['steps'];
type Query = { readonly step: History['step']; readonly zone?: string; readonly until?: string };

/** A store's history since a moment, as its owner is told it. */
export async function historySince(
  { services }: Pick<CloudOnStore, 'services'>,
  storeId: string,
  fromMs: number,
  query: Query,
): Promise<Steps> {
  const from = new Date(fromMs).toISOString();
  const { jsonBody } = await ownerCalls(services).history(storeId, { from, ...query });
  return historySchema.parse(jsonBody).steps;
}

/** The step of the history that begins then by the store's clock, `2026-10-25T02:00:00+02:00`. */
export function stepAt(steps: Steps, startsAt: string): Steps[number] {
  const found = steps.find((step) => step.startsAt === startsAt);
  if (found === undefined)
    throw new Error(`no step at ${startsAt}: ${steps.map((step) => step.startsAt).join(' ')}`);
  return found;
}

/**
 * What is true of a store at every moment, whatever happened to it since it was made at `bornAtMs`: its count is what its
 * history adds up to, by the minute, the hour and the day and for each zone; the last step of each is the count; and what
 * a sign is shown of the day is what the history says of it. The store has no staff.
 */
export async function expectTrueCount(cloud: CloudOnStore, storeId: string, bornAtMs: number): Promise<void> {
  const [state] = await cloud.services.store.look((tx) => tx.counting.readStores([storeId]));
  if (state === undefined) throw new Error(`no store ${storeId}`);
  const raw = state.zones.reduce((sum, zone) => sum + zone.rawCount, 0);
  const { content } = await cloud.shown(storeId);
  expect(content.count).toBe(Math.max(0, raw));

  const isShort = cloud.services.now() - bornAtMs < MINUTES_FOR_MS;
  for (const step of isShort ? (['minute', 'hour', 'day'] as const) : (['hour', 'day'] as const)) {
    const steps = await historySince(cloud, storeId, bornAtMs, { step });
    expect({ step, sum: sumOf(steps) }).toEqual({ step, sum: raw });
    expect({ step, last: steps.at(-1)?.count }).toEqual({ step, last: content.count });
  }
  for (const { id, rawCount } of state.zones) {
    const steps = await historySince(cloud, storeId, bornAtMs, { step: 'hour', zone: id });
    expect({ id, sum: sumOf(steps) }).toEqual({ id, sum: rawCount });
    expect({ id, last: steps.at(-1)?.count }).toEqual({ id, last: Math.max(0, rawCount) });
  }

  const { today } = content;
  const [day] = await historySince(cloud, storeId, state.today.startsAtMs, { step: 'day' });
  expect({ in: day?.in, out: day?.out }).toEqual({ in: today.in, out: today.out });
  if (today.curve !== null) expect(today.curve.counts.at(-1)).toBe(content.count);
}

const sumOf = (steps: Steps): number =>
  steps.reduce((sum, step) => sum + step.in - step.out + step.corrected, 0);
