import type { Group } from './sampled.ts';

/** The bench's own. */
export const LEFT_OUT: readonly Group[] = [{ frame: /\/test\/bench\//, what: null }];

/** The way of a batch through the counting. */
export const COUNTING: readonly Group[] = [
  { frame: /\/kysely\//, what: 'Kysely, around the statements' },
  { frame: /\/zod\//, what: 'schemas (zod)' },
  { frame: /\/cloud\/sensors\//, what: 'decoding the bodies' },
  { frame: /\/cloud\/functions\/hub-events\.ts#/, what: 'joining bodies and metadata' },
  {
    frame: /\/cloud\/(domain\/(snapshot|today|push)|functions\/(tell-stores|hub-messages))\.ts#/,
    what: 'snapshots for signs',
  },
  {
    frame: /\/cloud\/domain\/(alerts|alert-conditions|store-after|limits|daily-reset|day)\.ts#/,
    what: 'levels, alerts, silence',
  },
  { frame: /\/cloud\/domain\//, what: 'counting: clocks, doors, zones' },
  { frame: /\/cloud\/functions\//, what: 'putting the batch together' },
  { frame: /\/cloud\/store\//, what: 'rows, and JSON in them' },
];
