import type * as z from 'zod';
import type { StoreDescription } from '../../contracts/store-description.ts';
import type { TableRow } from './read-table.ts';

type Fields = Record<string, unknown>;
export type SensorDraft = Fields & { readonly id: string };
export type SpotDraft = Fields & { readonly id: string; sensors: SensorDraft[] };
/** A description on its way: what rows of a table have said of it so far, not yet checked as a whole. */
export type StoreDraft = Fields & { doors: SpotDraft[]; zones: SpotDraft[] };

export type Path = readonly PropertyKey[];
/** What is wrong with a row, by its column. */
export type Misfit = { readonly column: string; readonly expected: string };

/** What one row says of a store. */
export type StoreRow = {
  readonly storeId: string;
  /** `door:calle-mayor/street`; no two rows have the same. */
  readonly subject: string;
  /** The sensor that the row speaks of. */
  readonly sensorId?: string;
  /** Puts into the draft what the row says, unless it names something that is not there. */
  put(draft: StoreDraft): Misfit | undefined;
  /** What the row is about, to compare; undefined where there is none. */
  subjectIn(store: StoreDescription): unknown;
  /** Where that stands in the draft. */
  pathIn(draft: StoreDraft): Path;
  /** The column of a field inside it. */
  columnOf(field: Path): string;
};

export type PlannedRow = StoreRow & { readonly source: TableRow };

/** A table whose rows speak of stores. */
export type StoreTable = {
  readonly schema: z.ZodObject;
  readonly required: readonly string[];
  /** Whether a row may speak of a store that is not there yet. */
  readonly makesStores: boolean;
  /** Undefined where the cells that say what it is about are bad. */
  rowOf(values: Fields): StoreRow | undefined;
  /** What is exported of a store, in the order of the schema. */
  exported(storeId: string, store: StoreDescription): readonly (readonly (string | number)[])[];
};

/** The table of a schema; inside, its rows have the schema's type. */
export const storeTable = <Schema extends z.ZodObject>(
  schema: Schema,
  table: Omit<StoreTable, 'schema' | 'rowOf'> & {
    rowOf(values: z.output<Schema>): StoreRow | undefined;
  },
): StoreTable => ({
  ...table,
  schema,
  rowOf: (values) => table.rowOf(values as z.output<Schema>),
});

export const draftOf = (before: StoreDescription | undefined): StoreDraft =>
  structuredClone(before ?? { doors: [], zones: [] }) as unknown as StoreDraft;

/** Takes over the fields that are given; one that is left empty goes, so that its default applies. */
export function overlay(fields: Fields, given: Fields): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) delete fields[name];
    else fields[name] = value;
  }
}

/** The spot of this id, made at the end where there is none. */
export function spotIn(spots: SpotDraft[], id: string): SpotDraft {
  const known = spots.find((spot) => spot.id === id);
  if (known !== undefined) return known;
  const made: SpotDraft = { id, sensors: [] };
  spots.push(made);
  return made;
}
