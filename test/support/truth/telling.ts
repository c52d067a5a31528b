import { reviewStores } from '../../../cloud/functions/review-stores.ts';
import type { Batch } from './channel.ts';
import { describedStore, type Fleet, STORE_ID } from './fleet.ts';
import { Crash, type TestedCloud } from './tested-cloud.ts';

/** What of what was told came back as pushes, those of a process that died left out. */
export type Told = {
  readonly pushes: readonly unknown[];
  /** How things were once the batch of the crash had come again; null: there was none. */
  readonly afterCrash: { readonly revision: number; readonly pushes: readonly unknown[] } | null;
};

/** Makes the store of a fleet. */
export async function keepFleet(cloud: TestedCloud, fleet: Fleet): Promise<void> {
  const { status, jsonBody } = await cloud.keep(STORE_ID, describedStore(fleet));
  if (status !== 200) throw new Error(`the store was refused: ${JSON.stringify(jsonBody)}`);
}

/**
 * Hands batches over, each at the time of its newest message, never earlier than the one before. After a crash the batch
 * comes again, with up to `back` batches before it.
 */
export async function tell(cloud: TestedCloud, batches: readonly Batch[], back = 0): Promise<Told> {
  const pushes: unknown[] = [];
  let afterCrash: Told['afterCrash'] = null;
  for (const [index, batch] of batches.entries()) {
    cloud.clock.nowMs = Math.max(cloud.clock.nowMs, ...batch.map(({ enqueuedAtMs }) => enqueuedAtMs));
    try {
      pushes.push(...(await cloud.say(...batch)));
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      for (const again of batches.slice(Math.max(0, index - back), index + 1)) {
        pushes.push(...(await cloud.say(...again)));
      }
      const { revision } = (await cloud.shown(STORE_ID)).content;
      afterCrash = { revision, pushes: [...pushes] };
    }
  }
  return { pushes, afterCrash };
}

/** Looks at the store at a moment, so that what time alone changes is as it is then. Nobody is told. */
export async function reviewAt(
  { clock, services: { store, now } }: TestedCloud,
  nowMs: number,
): Promise<void> {
  clock.nowMs = nowMs;
  await store.transaction((tx) => reviewStores(tx, [STORE_ID], new Map(), now));
}

/** What the timer does at a moment; again, where it crashes. */
export async function flushAt(cloud: TestedCloud, nowMs: number): Promise<readonly unknown[]> {
  cloud.clock.nowMs = nowMs;
  try {
    return await cloud.flush();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    return cloud.flush();
  }
}
