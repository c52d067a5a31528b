import type { Selectable } from 'kysely';
import type { SensorModel } from '../contracts/sensor-model.ts';
import type { Placement } from '../domain/placement.ts';
import type { SensorState } from '../domain/sensor-state.ts';
import type { Flow, StoreState, WatchedSensor } from '../domain/store-state.ts';
import { type KeptRowMemory, keptRowMemory, MAX_ROWS, noRowMemory, type RowMemory } from './row-memory.ts';
import type { Tables } from './tables.ts';

export type PlaceRow = Selectable<Tables['sensor_places']>;

/** The places of one sensor, the newest first, and as they are understood. */
export type KnownPlaces = {
  readonly sensorId: string;
  readonly rows: readonly PlaceRow[];
  readonly placements: readonly Placement[];
  /** Undefined where it is nowhere now. */
  readonly model: SensorModel | undefined;
};

/** What is remembered of a sensor, and what of it its store watches. */
export type KnownSensor = { readonly state: SensorState; readonly watched: WatchedSensor };

/** All steps of a store between two moments, such as those of its day. */
export type KnownSteps = {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly flows: readonly Flow[];
};

/** Each has up to a hundred steps. */
const MAX_STORES_WITH_STEPS = 2_000;

/** The tables that every batch reads. */
export type Memories = {
  /** What is in the row; of its sensors something newer may be known. */
  readonly stores: RowMemory<StoreState>;
  readonly sensorStates: RowMemory<KnownSensor>;
  readonly places: RowMemory<KnownPlaces>;
  /** By store. */
  readonly steps: RowMemory<KnownSteps>;
};

export const noMemories: Memories = {
  stores: noRowMemory(),
  sensorStates: noRowMemory(),
  places: noRowMemory(),
  steps: noRowMemory(),
};

export type KeptMemories = Memories & {
  /** A transaction begins; the version is another one when another connection has committed. False: all is forgotten. */
  begun(dataVersion: unknown): boolean;
  committed(): void;
  rolledBack(): void;
  /** Tells the memories of a statement that it has changed its tables, and how many rows; undefined: it changes none of theirs. */
  changedBy(statement: string): ((changes?: number) => void) | undefined;
};

/** Of one SQLite connection. Whatever is not sure to be as it was is forgotten. */
export function keptMemories(): KeptMemories {
  const memories = {
    stores: keptRowMemory<StoreState>('stores', MAX_ROWS),
    sensorStates: keptRowMemory<KnownSensor>('sensor_states', MAX_ROWS),
    places: keptRowMemory<KnownPlaces>('sensor_places', MAX_ROWS),
    steps: keptRowMemory<KnownSteps>('step_flows', MAX_STORES_WITH_STEPS),
  };
  const all: readonly Pick<KeptRowMemory<never>, 'table' | 'changed' | 'forget'>[] = Object.values(memories);
  const forget = () => {
    for (const memory of all) memory.forget();
  };
  let versionSeen: unknown;
  let isOver = true;
  return {
    ...memories,
    begun(dataVersion) {
      const isAsItWas = isOver && dataVersion === versionSeen;
      if (!isAsItWas) forget();
      versionSeen = dataVersion;
      isOver = false;
      return isAsItWas;
    },
    committed() {
      isOver = true;
    },
    rolledBack: forget,
    changedBy(statement) {
      if (!/\b(insert|update|delete|replace|alter|drop|create)\b/i.test(statement)) return undefined;
      const own = all.filter(({ table }) => new RegExp(`\\b${table}\\b`).test(statement));
      if (own.length === 0) return undefined;
      // Of other statements, the number is that of one before.
      const isOfRows = /^(insert|update|delete)\b/i.test(statement);
      return (changes) => {
        if (isOfRows && changes === 0) return;
        for (const memory of own) memory.changed();
      };
    },
  };
}
