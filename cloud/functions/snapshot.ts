import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Snapshots } from '../contracts/sign.ts';
import type { Snapshot } from '../contracts/snapshot.ts';
import type { Transaction } from '../store/port.ts';
import { answer, refusal } from './http-answers.ts';
import type { Services } from './services.ts';
import { sessionSign } from './session-tokens.ts';
import { loadSnapshot } from './tell-stores.ts';

/** All that the calling sign may show: the stores of the one group it is in now. */
export const snapshot =
  ({ store, settings, now }: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const authorization = request.headers.get('authorization');
    const signId = await sessionSign(authorization, settings.SessionSigningKey, now());
    if (signId === undefined) return refusal(401, 'session-expired', 'negotiate again');
    const snapshots = await store.look(async (tx): Promise<Snapshots | undefined> => {
      const sign = await tx.signs.sign(signId);
      if (sign === undefined) return undefined;
      const { storeGroupId } = sign;
      const ofGroup =
        storeGroupId === null ? [] : await snapshotsOfGroup(tx, storeGroupId, store.epoch, now());
      return { storeGroupId, snapshots: ofGroup };
    });
    return snapshots === undefined
      ? refusal(404, 'unknown-sign', 'no such sign: enrol first')
      : answer(snapshots);
  };

async function snapshotsOfGroup(
  tx: Transaction,
  storeGroupId: string,
  epoch: number,
  nowMs: number,
): Promise<Snapshot[]> {
  const storeIds = await tx.structure.storeIdsOfGroup(storeGroupId);
  const states = await tx.counting.readStores(storeIds);
  const snapshots: Snapshot[] = [];
  for (const state of states) snapshots.push(await loadSnapshot(tx, state, epoch, nowMs));
  return snapshots;
}
