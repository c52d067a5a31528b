import type { SensorModel } from '../../contracts/sensor-model.ts';
import type { SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import { networkOf } from './peer-address.ts';

/** These are told of by somebody's network server: that they are heard says nothing of the store's own network. */
const THROUGH_A_CLOUD: ReadonlySet<SensorModel> = new Set(['milesight']);

/**
 * When anything else of the same place was last heard, for signs of which nothing is; null: there is nothing to compare
 * with. A group of one store hangs there: its sensors are beside the sign. Where a group has more, nobody knows in which of
 * them, and only other signs of the group say something. Of signs those count that come from the same address.
 */
export async function heardNearby(
  tx: Pick<Transaction, 'structure' | 'signs' | 'sensors' | 'counting'>,
  silent: readonly Pick<SignRecord, 'signId' | 'storeGroupId' | 'address'>[],
): Promise<(signId: string) => number | null> {
  const groups = [...new Set(silent.flatMap(({ storeGroupId }) => storeGroupId ?? []))];
  if (groups.length === 0) return () => null;
  const places = await placesOf(tx, groups);
  const sensors = await sensorsHeard(tx, [...new Set(places.values())]);
  const signs = await tx.signs.heardInGroups([...new Set([...groups, ...places.keys()])]);
  const signsAt = Map.groupBy(signs, ({ storeGroupId, address }) =>
    besideKey(places.get(storeGroupId) ?? null, storeGroupId, address),
  );
  const heard = new Map(
    silent.map(({ signId, storeGroupId, address }) => {
      const storeId = places.get(storeGroupId ?? '') ?? null;
      const beside =
        networkOf(address) === null ? [] : signsAt.get(besideKey(storeId, storeGroupId, address));
      const others = (beside ?? []).filter((other) => other.signId !== signId);
      const times = [...others.map(({ heardAtMs }) => heardAtMs), ...(sensors.get(storeId ?? '') ?? [])];
      return [signId, times.length === 0 ? null : Math.max(...times)];
    }),
  );
  return (signId) => heard.get(signId) ?? null;
}

const besideKey = (storeId: string | null, storeGroupId: string | null, address: string | null): string =>
  JSON.stringify([storeId ?? { storeGroupId }, networkOf(address)]);

/** Of these groups, and of all others that hold a store of theirs, those that are one store, and which. */
async function placesOf(
  { structure }: Pick<Transaction, 'structure'>,
  groups: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const own = onlyStores(await structure.storesOfGroups(groups));
  if (own.size === 0) return own;
  const beside = (await structure.groupsOfStores([...new Set(own.values())]))
    .map(({ storeGroupId }) => storeGroupId)
    .filter((storeGroupId) => !own.has(storeGroupId));
  if (beside.length === 0) return own;
  return new Map([...own, ...onlyStores(await structure.storesOfGroups([...new Set(beside)]))]);
}

function onlyStores(
  members: readonly { readonly storeGroupId: string; readonly storeId: string }[],
): ReadonlyMap<string, string> {
  const byGroup = Map.groupBy(members, ({ storeGroupId }) => storeGroupId);
  return new Map(
    [...byGroup].flatMap(([storeGroupId, [first, ...others]]): [string, string][] =>
      first === undefined || others.length > 0 ? [] : [[storeGroupId, first.storeId]],
    ),
  );
}

/** By store, when the sensors that come over its own network were last heard. */
async function sensorsHeard(
  tx: Pick<Transaction, 'sensors' | 'counting'>,
  storeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  if (storeIds.length === 0) return new Map();
  const placed = await tx.sensors.places(storeIds);
  const unsaid = placed.filter(({ model }) => model === 'auto').map(({ sensorId }) => sensorId);
  // One that says its make by its messages alone, and pushes by HTTP, may well be a network server.
  const pushed = new Set(unsaid.length === 0 ? [] : await tx.sensors.withIngestKey(unsaid));
  const isAfar = new Set(
    placed.filter(({ sensorId, model }) => THROUGH_A_CLOUD.has(model) || pushed.has(sensorId)).map(idOf),
  );
  const own = placed.filter(({ sensorId }) => !isAfar.has(sensorId));
  const states = await tx.counting.sensorStates([...new Set(own.map(idOf))]);
  const heardOf = new Map(states.map(({ sensorId, heardUntilMs }) => [sensorId, heardUntilMs]));
  return new Map(
    [...Map.groupBy(own, ({ storeId }) => storeId)].map(([storeId, sensors]) => [
      storeId,
      sensors.flatMap(({ sensorId }) => heardOf.get(sensorId) ?? []),
    ]),
  );
}

const idOf = ({ sensorId }: { readonly sensorId: string }): string => sensorId;
