import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Snapshots } from '../contracts/sign.ts';
import type { Snapshot } from '../contracts/snapshot.ts';
import type { Transaction } from '../store/port.ts';
import { admitted, signOfSession } from './fleet/sign-of-session.ts';
import { answer, type Parsed } from './http-answers.ts';
import type { Services } from './services.ts';
import { loadSnapshot } from './tell-stores.ts';

/** All that the calling sign may show: the stores of the one group it is in now. */
export const snapshot =
  (services: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const { store, now } = services;
    const signId = await signOfSession(services, request);
    if (!signId.ok) return signId.refusal;
    const snapshots = await store.look(async (tx): Promise<Parsed<Snapshots>> => {
      const sign = admitted(await tx.signs.sign(signId.value));
      if (!sign.ok) return sign;
      const { storeGroupId } = sign.value;
      const ofGroup =
        storeGroupId === null ? [] : await snapshotsOfGroup(tx, storeGroupId, store.epoch, now());
      return { ok: true, value: { storeGroupId, snapshots: ofGroup } };
    });
    return snapshots.ok ? answer(snapshots.value) : snapshots.refusal;
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
