import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import type { SensorState } from '../../../cloud/domain/sensor-state.ts';
import { type Flow, rawCountOf, type StoreState } from '../../../cloud/domain/store-state.ts';
import { loadSnapshot } from '../../../cloud/functions/tell-stores.ts';
import type { DoorMinute, ZoneMinute } from '../../../cloud/store/port.ts';
import { STORE_ID } from './fleet.ts';
import type { TestedCloud } from './tested-cloud.ts';

const EVER_MS = Date.parse('2100-01-01T00:00:00Z');

/** All that is kept of a store, and what a sign is shown of it. */
export type Kept = {
  readonly state: StoreState;
  readonly content: SnapshotContent;
  readonly sensors: readonly SensorState[];
  readonly doorMinutes: readonly DoorMinute[];
  readonly zoneMinutes: readonly ZoneMinute[];
  readonly steps: readonly Flow[];
};

export function keptBy({ services: { store, now } }: TestedCloud, storeId = STORE_ID): Promise<Kept> {
  return store.look(async (tx) => {
    const [state] = await tx.counting.readStores([storeId]);
    if (state === undefined) throw new Error(`there is no store ${storeId}`);
    const watched = [...state.doors, ...state.zones].flatMap(({ sensors }) => sensors.map(({ id }) => id));
    const sensors = await tx.counting.sensorStates(watched);
    return {
      state,
      content: (await loadSnapshot(tx, state, store.epoch, now())).content,
      sensors: sensors.toSorted((one, other) => (one.sensorId < other.sensorId ? -1 : 1)),
      doorMinutes: await tx.history.doorMinutes(storeId, 0, EVER_MS),
      zoneMinutes: await tx.history.zoneMinutes(storeId, 0, EVER_MS),
      steps: await tx.counting.flowsOf(storeId, 0, EVER_MS),
    };
  });
}

/**
 * All of it that does not depend on the way there, as text. How often it changed (the revision), and what was true for a
 * moment in between (the alerts), do.
 */
export function whereItCame({ state, content, ...rest }: Kept): string {
  const { revision: _, alerts: _alerts, moreAlerts: _more, ...shown } = content;
  const zones = state.zones.map(({ id, rawCount, baselineAtMs, silent }) => ({
    id,
    rawCount,
    baselineAtMs,
    silent,
  }));
  return JSON.stringify({ zones, level: state.levelState, shown, ...rest }, null, 1);
}

/** All of it but for when somebody was last told of it, as text. */
export function allOf({ state, ...rest }: Kept): string {
  const { zones, levelState, alerts, imbalancedDoors, judgedDay, nextResetAtMs, revision } = state;
  return JSON.stringify(
    { zones, levelState, alerts, imbalancedDoors, judgedDay, nextResetAtMs, revision, ...rest },
    null,
    1,
  );
}

/** Of each zone, by id. */
export const rawCounts = ({ state }: Kept): Readonly<Record<string, number>> =>
  Object.fromEntries(state.zones.map(({ id, rawCount }) => [id, rawCount]));

export const rawCount = ({ state }: Kept): number => rawCountOf(state);
