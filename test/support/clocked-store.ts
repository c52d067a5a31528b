import * as z from 'zod';
import { type CorrectionRecord, correctionRecordSchema } from '../../cloud/contracts/correction.ts';
import { calleMayor } from './calle-mayor.ts';
import { type CloudOnStore, cloudOn, type HubSays } from './cloud-on-store.ts';
import { expectTrueCount } from './count-laws.ts';
import { type OwnerCalls, ownerCalls } from './owner-calls.ts';
import type { FreshDatabase } from './store-engines.ts';

/** The store `calle-mayor` in Madrid on a clock that a test turns. */
export type ClockedStore = {
  readonly cloud: CloudOnStore;
  readonly owner: OwnerCalls;
  readonly bornAtMs: number;
  /** Turns the clock: `2026-10-25T02:30:00+02:00`. */
  at(time: string): void;
  /** What the hub hands over now. */
  say(...messages: readonly HubSays[]): Promise<unknown>;
  /** The flush of that moment. */
  flushAt(time: string): Promise<void>;
  count(): Promise<number>;
  /** What is on record, the newest first. */
  records(): Promise<readonly CorrectionRecord[]>;
  expectTrue(): Promise<void>;
};

const listedSchema = z.object({ corrections: z.array(correctionRecordSchema) });

export async function clockedStore(
  database: FreshDatabase,
  bornAt: string,
  description: object = {},
): Promise<ClockedStore> {
  const bornAtMs = Date.parse(bornAt);
  const clock = { nowMs: bornAtMs };
  const now = () => clock.nowMs;
  const cloud = cloudOn(await database.open(now), { now });
  const at = (time: string) => {
    clock.nowMs = Date.parse(time);
  };
  const kept = await cloud.keep('calle-mayor', calleMayor(description));
  if (kept.status !== 200) throw new Error(JSON.stringify(kept));
  const owner = ownerCalls(cloud.services);
  return {
    cloud,
    owner,
    bornAtMs,
    at,
    say: cloud.say,
    async flushAt(time) {
      at(time);
      await cloud.flush();
    },
    count: async () => (await cloud.shown('calle-mayor')).content.count,
    records: async () => listedSchema.parse((await owner.corrections('calle-mayor')).jsonBody).corrections,
    expectTrue: () => expectTrueCount(cloud, 'calle-mayor', bornAtMs),
  };
}
