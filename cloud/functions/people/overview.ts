import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Overview } from '../../contracts/overview.ts';
import type { Transaction } from '../../store/port.ts';
import { mayChangeGroup } from '../fleet/scope.ts';
import { answer } from '../http-answers.ts';
import type { Services } from '../services.ts';
import { loadSnapshot } from '../tell-stores.ts';
import type { Caller } from './caller.ts';

const MAX_STORES = 1_000;

/** Every store that the person may see, as its signs show it. */
export const overview =
  ({ store, now }: Services) =>
  async (_request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const nowMs = now();
    const seen = await store.look((tx) => storesSeen(tx, caller, { epoch: store.epoch, nowMs }));
    return answer({ nowMs, ...seen } satisfies Overview);
  };

async function storesSeen(
  tx: Transaction,
  caller: Caller,
  { epoch, nowMs }: { readonly epoch: number; readonly nowMs: number },
): Promise<Omit<Overview, 'nowMs'>> {
  const states = await tx.counting.readStores(caller.storeIds ?? (await tx.structure.storeIds(MAX_STORES)));
  const places = await tx.structure.groupsOfStores(states.map((state) => state.storeId));
  const groupsOf = Map.groupBy(places, ({ storeId }) => storeId);
  const stores: Overview['stores'] = [];
  for (const state of states) {
    const storeGroups = groupsOf.get(state.storeId) ?? [];
    stores.push({
      snapshot: await loadSnapshot(tx, state, epoch, nowMs),
      storeGroups: storeGroups.map(({ storeGroupId }) => storeGroupId),
    });
  }
  return { stores, storeGroups: await changeableGroups(tx, caller, places) };
}

type Places = Awaited<ReturnType<Transaction['structure']['groupsOfStores']>>;

async function changeableGroups(tx: Transaction, caller: Caller, places: Places) {
  const groups: Overview['storeGroups'] = [];
  for (const [storeGroupId, members] of Map.groupBy(places, (place) => place.storeGroupId))
    if (await mayChangeGroup(tx, caller, storeGroupId))
      groups.push({ storeGroupId, storeIds: members.map(({ storeId }) => storeId) });
  return groups.toSorted((one, other) => (one.storeGroupId < other.storeGroupId ? -1 : 1));
}
