import type { Selectable } from 'kysely';
import { textOf } from './free-text.ts';
import type { PersonRecord } from './people-port.ts';
import type { Tables } from './tables.ts';

export const personOf = (row: Selectable<Tables['people']>): PersonRecord => ({
  personId: row.id,
  name: textOf(row.name),
  role: row.role,
  storeIds: row.store_ids === null ? null : JSON.parse(row.store_ids),
  madeAtMs: row.made_at_ms,
  lastSeenAtMs: row.last_seen_at_ms,
});
