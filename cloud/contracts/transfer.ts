import * as z from 'zod/mini';
import { sensorIdSchema, signIdSchema } from './identifiers.ts';

/** One table each. */
export const transferKindSchema = z.enum(
  ['stores', 'zones', 'doors', 'sensors', 'signs'],
  'expected stores, zones, doors, sensors or signs',
);
export type TransferKind = z.infer<typeof transferKindSchema>;

export const MAX_TRANSFER_BYTES = 1_000_000;
export const MAX_TRANSFER_ROWS = 5_000;

export const TRANSFER_PATHS = {
  export: (kind: TransferKind) => `/api/export/${kind}`,
  import: (kind: TransferKind, dryRun: boolean) => `/api/import/${kind}?dryRun=${dryRun}`,
} as const;

/** `subject`: `store:calle-mayor`, `door:calle-mayor/street`, `sign:s-...`. */
export const transferChangeSchema = z.object({
  row: z.int(),
  what: z.enum(['new', 'changed', 'same']),
  subject: z.string(),
});
export type TransferChange = z.infer<typeof transferChangeSchema>;

/** `column` is empty where the whole row is at fault. `value`: as it stands in the cell, shortened. */
export const transferProblemSchema = z.object({
  row: z.int(),
  column: z.string(),
  value: z.optional(z.string()),
  expected: z.string(),
});
export type TransferProblem = z.infer<typeof transferProblemSchema>;

/**
 * `POST /api/import/{kind}?dryRun=true|false` with a table as CSV; a dry run, the default, changes nothing. Neither does an
 * import of a table with any problem: it is answered by 400 with this body, all bad rows in it. Else all of it is kept, or none.
 *
 * Rows are numbered as a spreadsheet does: the header is 1, an empty row counts, a cell of several lines is in one row.
 * An import never removes anything: what the table does not name stays as it is, and so does a field whose column is not
 * in the header. An empty cell is a field that is left out of the description: it gets its default.
 * A new store names its doors in `doors`; signs must exist and not be revoked, for a table pairs no device.
 */
export const transferAnswerSchema = z.object({
  dryRun: z.boolean(),
  /** Without the header and without empty ones. */
  rows: z.int(),
  changes: z.array(transferChangeSchema),
  problems: z.array(transferProblemSchema),
  /** A connection string is shown once, when its sensor is made. */
  createdSensors: z.array(z.object({ sensorId: sensorIdSchema, connectionString: z.string() })),
  /** Their new place is kept, and the push service did not answer: they get it when they next connect. */
  notYetPlaced: z.array(signIdSchema),
});
export type TransferAnswer = z.infer<typeof transferAnswerSchema>;
