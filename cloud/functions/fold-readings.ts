import { heardOnly, type Outcome, sensorAfter, unflipped } from '../domain/occupancy.ts';
import { type Placement, placementAt } from '../domain/placement.ts';
import { timedReading } from '../domain/reading-time.ts';
import { type SensorState, unheardSensor } from '../domain/sensor-state.ts';
import type { DoorFlow, StoreState, ZoneState } from '../domain/store-state.ts';
import { measuredChange, throughDoor } from '../domain/zones.ts';
import type { Refusal } from '../sensors/decoded.ts';
import type { Rejection } from '../store/port.ts';
import type { CausedAdjustment } from './dated-adjustments.ts';
import { type ReadingOfEvent, rejectionOf } from './decoded-batch.ts';

/** Where nobody said how many may pass a second, because the sensor is nowhere. */
const PEOPLE_PER_SECOND = 3;

const NOBODY: Outcome = { kind: 'passage', in: 0, out: 0 };

const GONE: Refusal = {
  reason: 'stood-nowhere',
  detail: 'the sensor stood nowhere when this was true: nobody it counted was in a store',
};

export type Fold = {
  /** Readings that never counted before, in the order in which they came. */
  readonly fresh: readonly ReadingOfEvent[];
  readonly places: ReadonlyMap<string, readonly Placement[]>;
  readonly states: ReadonlyMap<string, SensorState>;
  readonly stores: readonly StoreState[];
};

export type Folded = {
  /** Of the sensors that said something new. */
  readonly states: ReadonlyMap<string, SensorState>;
  /** By store. */
  readonly zones: ReadonlyMap<string, readonly ZoneState[]>;
  readonly flows: readonly DoorFlow[];
  readonly adjustments: readonly CausedAdjustment[];
  readonly rejections: readonly Rejection[];
};

/** What new readings do to the sensors that made them, and to the zones on both sides of their doors. */
export function folded({ fresh, places, states, stores }: Fold): Folded {
  const known = new Map(states);
  const heard = new Map<string, SensorState>();
  const storesById = new Map(stores.map((store) => [store.storeId, store]));
  const zones = new Map(stores.map((store) => [store.storeId, store.zones]));
  const flows: DoorFlow[] = [];
  const adjustments: CausedAdjustment[] = [];
  const rejections: Rejection[] = [];

  for (const { reading, event } of fresh) {
    const { sensorId } = reading;
    const last = known.get(sensorId) ?? unheardSensor(sensorId);
    const { clock, atMs } = timedReading(last.clock, reading);
    const before = clock === last.clock ? last : { ...last, clock };
    const placement = placementAt(places.get(sensorId) ?? [], reading.line, atMs);
    const rate = placement?.spot.kind === 'door' ? placement.spot.peoplePerSecond : PEOPLE_PER_SECOND;
    // How many are in a zone is news of where the sensor is now, and of nowhere that it was.
    const isOfBefore = reading.kind === 'absolute' && placement?.untilMs !== null;
    const { state, outcome } = isOfBefore
      ? { state: heardOnly(before, atMs), outcome: NOBODY }
      : sensorAfter(before, { ...reading, atMs }, rate);
    known.set(sensorId, state);
    heard.set(sensorId, state);
    if (outcome.kind === 'implausible') {
      const { in: entered, out, atMost } = outcome;
      const detail = `${entered} in and ${out} out since its last reading, expected at most ${atMost}: not counted`;
      rejections.push(rejectionOf(event, { reason: 'implausible', detail }));
    }
    if (placement === undefined) {
      if (isOwn(places.get(sensorId), reading.line) && changes(outcome))
        rejections.push(rejectionOf(event, GONE));
      continue;
    }
    if (outcome.kind === 'implausible') continue;
    const { storeId, spot } = placement;
    const ofStore = zones.get(storeId) ?? [];
    if (outcome.kind === 'passage' && spot.kind === 'door') {
      const passage = unflipped(outcome, spot.flipped);
      if (passage.in === 0 && passage.out === 0) continue;
      const door = storesById.get(storeId)?.doors.find(({ id }) => id === spot.doorId);
      // A door that is gone: what passed it was true, and is history, but joins no zones any more.
      flows.push({ storeId, doorId: spot.doorId, street: door?.from === null, atMs, ...passage });
      if (door === undefined) continue;
      const change = throughDoor(ofStore, door, passage, atMs);
      zones.set(storeId, change.zones);
      for (const one of change.adjustments) adjustments.push({ storeId, ...one, causedAtMs: atMs });
    } else if (outcome.kind === 'people' && spot.kind === 'zone' && outcome.change !== 0) {
      const change = measuredChange(ofStore, spot.zoneId, outcome.change, atMs);
      zones.set(storeId, change.zones);
      for (const one of change.adjustments) adjustments.push({ storeId, ...one, causedAtMs: atMs });
    }
  }
  return { states: heard, zones, flows, adjustments, rejections };
}

/** Whether the line was ever asked for: another one is nobody's business. */
const isOwn = (places: readonly Placement[] = [], line: string): boolean =>
  places.some((placement) => placement.line === line || placement.line === '');

function changes(outcome: Outcome): boolean {
  if (outcome.kind === 'people') return outcome.change !== 0;
  return outcome.kind === 'passage' && (outcome.in !== 0 || outcome.out !== 0);
}
