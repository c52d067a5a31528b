import { API_PATHS } from '../../../cloud/contracts/http.ts';
import type { IsolationCaller } from './caller.ts';
import type { Shop } from './marks.ts';
import { type Cell, called, type Outcome } from './matrix.ts';
import { shopIds } from './shops.ts';
import { type IsolationStage, isolationStage } from './stage.ts';
import { type WatchedDatabase, watchDatabase } from './watch-database.ts';

export type Matrix = {
  readonly stage: IsolationStage;
  /** Makes every call as this caller, one after the other, so that each change is known to be of one call. */
  play(caller: IsolationCaller, cells: readonly Cell[]): Promise<readonly Outcome[]>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function openMatrix(): Promise<Matrix> {
  const stage = await isolationStage();
  const database: WatchedDatabase = watchDatabase(stage.cloud.dataDir);
  return {
    stage,
    async play(caller, cells) {
      const outcomes: Outcome[] = [];
      for (const cell of cells) outcomes.push(await called({ stage, database }, caller, cell));
      return outcomes;
    },
    async [Symbol.asyncDispose]() {
      database.close();
      await stage[Symbol.asyncDispose]();
    },
  };
}

/** No call that is allowed lets anybody in or out, so that no call at all may change a count. */
export async function countsOf({ stage }: Matrix): Promise<Readonly<Record<Shop, number>>> {
  const countOf = async (shop: Shop) => {
    const answer = await stage.own('GET', API_PATHS.store(shopIds(shop).storeId));
    const { snapshot } = (await answer.json()) as { snapshot: { content: { count: number } } };
    return snapshot.content.count;
  };
  return { alpha: await countOf('alpha'), bravo: await countOf('bravo') };
}
