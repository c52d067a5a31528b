import type { Placement } from '../domain/placement.ts';
import { toldOf } from '../domain/push.ts';
import { withRejected } from '../domain/rejections.ts';
import { type SensorState, unheardSensor } from '../domain/sensor-state.ts';
import { type Reviewed, storeAfter } from '../domain/store-after.ts';
import type { Adjustment, DoorFlow, StoreState } from '../domain/store-state.ts';
import { withSensors } from '../domain/watched-sensor.ts';
import type { Rejection, Transaction } from '../store/port.ts';
import { StoreError } from '../store/store-error.ts';
import { datedAdjustments } from './dated-adjustments.ts';
import { type DecodedBatch, decodedBatch } from './decoded-batch.ts';
import { folded } from './fold-readings.ts';
import type { HubMessage } from './hub-messages.ts';
import { sortedOut } from './sort-out.ts';
import type { StampedEvent } from './stamped-event.ts';
import { messagesOf } from './tell-stores.ts';

export type CountSetting = {
  readonly now: () => number;
  readonly epoch: number;
  readonly minimumIntervalMs: number;
};
type Moment = Omit<CountSetting, 'now'> & { readonly nowMs: number };
type Places = ReadonlyMap<string, readonly Placement[]>;

/** `rejected`: messages of which something could not be counted. */
export type Counted = { readonly messages: readonly HubMessage[]; readonly rejected: number };

/** Counts a batch, keeps all of it, and says whom to tell. Everything in the one transaction `tx`. */
export async function countReadings(
  tx: Transaction,
  events: readonly StampedEvent[],
  { now, ...rest }: CountSetting,
): Promise<Counted> {
  const sensorIds = [...new Set(events.map((event) => event.sensorId))];
  const models = await tx.structure.modelsOf(sensorIds);
  const batch = decodedBatch(events, new Map(models.map(({ sensorId, model }) => [sensorId, model])));
  const places = await heldPlaces(tx, sensorIds);
  // Only now: whoever waited for a store must not call that time none.
  const moment = { ...rest, nowMs: now() };
  return counted(tx, batch, places, moment);
}

/** The lock on the stores also guards their sensors' places and states, so it comes before what is read of them counts. */
async function heldPlaces(tx: Transaction, sensorIds: readonly string[]): Promise<Places> {
  const storesOf = (places: Places) =>
    new Set([...places.values()].flat().map((placement) => placement.storeId));
  const before = await placesOf(tx, sensorIds);
  const seen = storesOf(before);
  if (seen.size === 0) return new Map();
  // Who never waits has seen what there is.
  if (!(await tx.counting.holdStores([...seen]))) return before;
  const held = await placesOf(tx, sensorIds);
  // Another lock now might be out of order: begin again.
  if ([...storesOf(held)].some((storeId) => !seen.has(storeId)))
    throw new StoreError('ERR_STORE_CONFLICT', 'a sensor was moved meanwhile');
  return held;
}

async function placesOf(tx: Transaction, sensorIds: readonly string[]): Promise<Places> {
  return Map.groupBy(await tx.structure.placementsOf(sensorIds), ({ sensorId }) => sensorId);
}

async function counted(
  tx: Transaction,
  batch: DecodedBatch,
  places: Places,
  moment: Moment,
): Promise<Counted> {
  const sorted = sortedOut(batch.readings, places);
  const isNew = await tx.counting.claimReadings(sorted.usable.map(({ reading }) => reading));
  const fresh = sorted.usable.filter((_, index) => isNew[index]);
  const storeIds = new Set([...places.values()].flat().map(({ storeId }) => storeId));
  const stores = await tx.counting.readStores([...storeIds]);
  const states = await statesOf(tx, [...places.keys()]);
  const after = folded({ fresh, places, states, stores });

  const rejections = [...batch.rejections, ...sorted.rejections, ...after.rejections];
  const newlyRejected = await tx.rejected.keep(rejections, moment.nowMs);
  const ofPlaced = newlyRejected.filter(({ sensorId }) => places.has(sensorId));
  const sensors = withRejections({ heard: after.states, known: states }, ofPlaced, moment.nowMs);
  await tx.counting.saveSensorStates([...sensors.values()]);
  await tx.counting.addFlows(after.flows);
  const adjustments = await datedAdjustments(tx, after.adjustments);
  await tx.counting.addAdjustments(adjustments);

  const changedToday = storesWithNewDay(stores, after.flows, adjustments);
  const reviewed = stores.map((store) => {
    const zones = withSensors(after.zones.get(store.storeId) ?? store.zones, sensors);
    const doors = withSensors(store.doors, sensors);
    const today = changedToday.has(store.storeId);
    return storeAfter(store, { zones, doors, today }, moment.nowMs);
  });
  const replayed = new Set(
    sorted.usable
      .filter((_, index) => !isNew[index])
      .flatMap(({ reading }) => places.get(reading.sensorId) ?? [])
      .map(({ storeId }) => storeId),
  );
  const messages = await keptAndTold(tx, stores, reviewed, replayed, moment);
  const refused = new Set(rejections.map(({ sensorId, messageKey }) => `${sensorId} ${messageKey}`));
  return { messages, rejected: refused.size };
}

async function statesOf(tx: Transaction, sensorIds: readonly string[]): Promise<States> {
  const known = await tx.counting.sensorStates(sensorIds);
  return new Map(known.map((state) => [state.sensorId, state]));
}

type States = ReadonlyMap<string, SensorState>;

/** Those that were heard or refused just now. */
function withRejections(
  { heard, known }: { readonly heard: States; readonly known: States },
  rejections: readonly Rejection[],
  nowMs: number,
): States {
  const after = new Map(heard);
  for (const [sensorId, ofSensor] of Map.groupBy(rejections, (rejection) => rejection.sensorId)) {
    const before = heard.get(sensorId) ?? known.get(sensorId) ?? unheardSensor(sensorId);
    after.set(sensorId, withRejected(before, ofSensor.length, nowMs));
  }
  return after;
}

/** Those of which the sums or the curve of today have changed. Who goes from zone to zone is in neither. */
function storesWithNewDay(
  stores: readonly StoreState[],
  flows: readonly DoorFlow[],
  adjustments: readonly Adjustment[],
): ReadonlySet<string> {
  const days = new Map(stores.map(({ storeId, today }) => [storeId, today]));
  const changed = new Set<string>();
  const look = ({ storeId, atMs }: Pick<Adjustment, 'storeId' | 'atMs'>) => {
    const day = days.get(storeId);
    if (day !== undefined && day.startsAtMs <= atMs && atMs < day.endsAtMs) changed.add(storeId);
  };
  for (const flow of flows) if (flow.street) look(flow);
  for (const adjustment of adjustments) look(adjustment);
  return changed;
}

async function keptAndTold(
  tx: Transaction,
  before: readonly StoreState[],
  reviewed: readonly Reviewed[],
  replayed: ReadonlySet<string>,
  { nowMs, epoch, minimumIntervalMs }: Moment,
): Promise<HubMessage[]> {
  const told = reviewed.map(({ state }, index) => {
    // A replay may follow a push that was lost with the process that owed it.
    const worthTelling = state.revision !== before[index]?.revision || replayed.has(state.storeId);
    return worthTelling ? toldOf(state, nowMs, minimumIntervalMs) : { tellNow: false, state };
  });
  await tx.counting.saveStoreStates(told.map(({ state }) => state));
  await tx.history.addAlertEvents(
    reviewed.flatMap(({ state: { storeId }, happenings }) =>
      happenings.map((happening) => ({ ...happening, storeId })),
    ),
  );
  const now = told.filter(({ tellNow }) => tellNow).map(({ state }) => state);
  return messagesOf(tx, now, epoch, nowMs);
}
