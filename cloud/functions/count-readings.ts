import type { Reading } from '../contracts/telemetry.ts';
import { sensorAfter, unflipped } from '../domain/occupancy.ts';
import { toldOf } from '../domain/push.ts';
import { type SensorState, unheardSensor } from '../domain/sensor-state.ts';
import { storeAfter } from '../domain/store-after.ts';
import type { StoreState } from '../domain/store-state.ts';
import type { DoorFlow, Placement, Rejection, Transaction } from '../store/port.ts';
import { StoreError } from '../store/store-error.ts';
import type { DecodedBatch } from './decoded-batch.ts';
import type { HubMessage } from './hub-messages.ts';
import { snapshotMessages } from './tell-stores.ts';

type Setting = { readonly now: () => number; readonly epoch: number; readonly minimumIntervalMs: number };
type Moment = Omit<Setting, 'now'> & { readonly nowMs: number };

/** Counts a batch, keeps all of it, and says whom to tell. Everything in the one transaction `tx`. */
export async function countReadings(
  tx: Transaction,
  batch: DecodedBatch,
  { now, ...rest }: Setting,
): Promise<HubMessage[]> {
  const placements = await heldPlacements(tx, batch);
  // Only now: whoever waited for a store must not call that time none.
  const moment = { ...rest, nowMs: now() };
  await tx.rejected.keep([...batch.rejections, ...unplaced(batch, placements)], moment.nowMs);
  const placed = batch.readings
    .map(({ reading }) => reading)
    .filter((reading) => placements.has(reading.sensorId));
  if (placed.length === 0) return [];

  const storeIds = [...new Set([...placements.values()].map((placement) => placement.storeId))];
  const isNew = await tx.counting.claimReadings(placed);
  const fresh = placed.filter((_, index) => isNew[index]);
  const flows = await countFresh(tx, fresh, placements);

  const before = await tx.counting.readStores(storeIds);
  const after = before.map((state) =>
    storeAfter(
      state,
      flows.filter((flow) => flow.storeId === state.storeId),
      moment.nowMs,
    ),
  );
  const replayed = storesOf(
    placed.filter((_, index) => !isNew[index]),
    placements,
  );
  return keepAndTell(tx, before, after, replayed, moment);
}

/** The lock on the stores also guards their sensors' places and states, so it comes before what is read of them counts. */
async function heldPlacements(tx: Transaction, batch: DecodedBatch): Promise<Map<string, Placement>> {
  const seen = await placementsOf(tx, batch);
  const storeIds = new Set([...seen.values()].map((placement) => placement.storeId));
  if (storeIds.size === 0) return seen;
  await tx.counting.holdStores([...storeIds]);
  const held = await placementsOf(tx, batch);
  const moved = [...held.values()].some(({ storeId }) => !storeIds.has(storeId));
  // Another lock now might be out of order: begin again.
  if (moved) throw new StoreError('ERR_STORE_CONFLICT', 'a sensor was moved meanwhile');
  return held;
}

async function placementsOf(tx: Transaction, batch: DecodedBatch): Promise<Map<string, Placement>> {
  const sensorIds = [...new Set(batch.readings.map(({ reading }) => reading.sensorId))];
  if (sensorIds.length === 0) return new Map();
  const placements = await tx.structure.placementsOf(sensorIds);
  return new Map(placements.map((placement) => [placement.sensorId, placement]));
}

/** A sensor with a valid key but no door: its message is kept whole, once. */
function unplaced(batch: DecodedBatch, placements: ReadonlyMap<string, Placement>): Rejection[] {
  const detail = 'the sensor has no door: name it in a store, then send again';
  const bySensorAndBody = new Map<Uint8Array, Rejection>();
  for (const { reading, body } of batch.readings) {
    if (placements.has(reading.sensorId)) continue;
    bySensorAndBody.set(body, { sensorId: reading.sensorId, reason: 'unplaced-sensor', detail, body });
  }
  return [...bySensorAndBody.values()];
}

async function countFresh(
  tx: Transaction,
  fresh: readonly Reading[],
  placements: ReadonlyMap<string, Placement>,
): Promise<readonly DoorFlow[]> {
  const sensorIds = [...new Set(fresh.map((reading) => reading.sensorId))];
  const known = await tx.counting.sensorStates(sensorIds);
  const states = new Map<string, SensorState>(known.map((state) => [state.sensorId, state]));
  const flows: DoorFlow[] = [];
  for (const reading of fresh) {
    const placement = placements.get(reading.sensorId);
    if (placement === undefined) continue;
    const { state, passage } = sensorAfter(
      states.get(reading.sensorId) ?? unheardSensor(reading.sensorId),
      reading,
    );
    states.set(reading.sensorId, state);
    const { in: entered, out } = unflipped(passage, placement.flipped);
    if (entered === 0 && out === 0) continue;
    const { storeId, doorId } = placement;
    flows.push({ storeId, doorId, startsAtMs: reading.atMs, in: entered, out });
  }
  await tx.counting.saveSensorStates([...states.values()]);
  await tx.counting.addFlows(flows);
  return flows;
}

async function keepAndTell(
  tx: Transaction,
  before: readonly StoreState[],
  after: readonly StoreState[],
  replayed: ReadonlySet<string>,
  { nowMs, epoch, minimumIntervalMs }: Moment,
): Promise<HubMessage[]> {
  const told = after.map((state, index) => {
    // A replay may follow a push that was lost with the process that owed it.
    const worthTelling = state.revision !== before[index]?.revision || replayed.has(state.storeId);
    return worthTelling ? toldOf(state, nowMs, minimumIntervalMs) : { tellNow: false, state };
  });
  await tx.counting.saveStoreStates(told.map(({ state }) => state));
  const now = told.filter(({ tellNow }) => tellNow).map(({ state }) => state);
  return snapshotMessages(tx, now, epoch, nowMs);
}

const storesOf = (readings: readonly Reading[], placements: ReadonlyMap<string, Placement>): Set<string> =>
  new Set(readings.map((reading) => placements.get(reading.sensorId)?.storeId ?? ''));
