import type { Selectable } from 'kysely';
import type { SensorModel } from '../contracts/sensor-model.ts';
import type { Placement } from '../domain/placement.ts';
import type { SensorState } from '../domain/sensor-state.ts';
import type { LiveState } from './live-state.ts';
import { type KeptRowMemory, keptRowMemory, noRowMemory, type RowMemory } from './row-memory.ts';
import type { StoreRow, Tables } from './tables.ts';

/** A row of `stores`, understood. */
export type KnownStore = Omit<StoreRow, 'live'> & { readonly live: LiveState };
export type PlaceRow = Selectable<Tables['sensor_places']>;

/** The places of one sensor, the newest first, and as they are understood. */
export type KnownPlaces = {
  readonly rows: readonly PlaceRow[];
  readonly placements: readonly Placement[];
  /** Undefined where it is nowhere now. */
  readonly model: SensorModel | undefined;
};

/** The tables that every batch reads. */
export type Memories = {
  readonly stores: RowMemory<KnownStore>;
  readonly sensorStates: RowMemory<SensorState>;
  readonly places: RowMemory<KnownPlaces>;
};

export const noMemories: Memories = {
  stores: noRowMemory(),
  sensorStates: noRowMemory(),
  places: noRowMemory(),
};

export type KeptMemories = Memories & {
  /** A transaction begins; the version is another one when another connection has committed. */
  begun(dataVersion: unknown): void;
  committed(): void;
  rolledBack(): void;
  /** Tells the memories of a statement that it has changed its tables; undefined: it changes none of theirs. */
  changedBy(statement: string): (() => void) | undefined;
};

/** Of one SQLite connection. Whatever is not sure to be as it was is forgotten. */
export function keptMemories(): KeptMemories {
  const memories = {
    stores: keptRowMemory<KnownStore>('stores'),
    sensorStates: keptRowMemory<SensorState>('sensor_states'),
    places: keptRowMemory<KnownPlaces>('sensor_places'),
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
      if (!isOver || dataVersion !== versionSeen) forget();
      versionSeen = dataVersion;
      isOver = false;
    },
    committed() {
      isOver = true;
    },
    rolledBack: forget,
    changedBy(statement) {
      if (!/\b(insert|update|delete|replace|alter|drop|create)\b/i.test(statement)) return undefined;
      const own = all.filter(({ table }) => new RegExp(`\\b${table}\\b`).test(statement));
      if (own.length === 0) return undefined;
      return () => {
        for (const memory of own) memory.changed();
      };
    },
  };
}
