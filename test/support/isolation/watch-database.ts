import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * What a refused call may leave behind, that somebody tried; and what reaches its table later than the call that counted
 * it, which is seen in the counts instead.
 */
const NOT_LOOKED_AT = [
  ...['pairing_tries', 'wrong_keys'],
  ...['late_rows', 'ledger', 'sensor_states', 'minute_flows', 'step_flows', 'zone_adjustments'],
  ...['meta', 'migrations', 'sqlite_sequence'],
];
/** Without what the clock alone changes. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  stores: 'select id, description, daily_reset from stores',
  people: 'select id, name, role, store_ids, key_sha256, made_at_ms from people',
  alert_events: 'select * from alert_events where made_by is not null',
  signs: `select id, key_x, key_y, store_group_id, name, settings, place_id, report, heard_at_ms, address,
    revoked_at_ms, replaced_by from signs`,
};

export type Digests = ReadonlyMap<string, string>;
/** The database of a running cloud, read from outside. */
export type WatchedDatabase = {
  digests(): Digests;
  /** Names of tables that are not as they were. */
  changesSince(before: Digests): readonly string[];
  close(): void;
};

export function watchDatabase(dataDir: string): WatchedDatabase {
  const database = new DatabaseSync(join(dataDir, 'data/vitrine.db'), { readOnly: true, timeout: 10_000 });
  const version = database.prepare('pragma data_version');
  const tables = database
    .prepare(`select name from sqlite_schema where type = 'table' order by name`)
    .all()
    .map((row) => String(row.name))
    .filter((table) => !NOT_LOOKED_AT.includes(table));
  const rows = tables.map(
    (table) => [table, database.prepare(LOOKED_AT[table] ?? `select * from ${table}`)] as const,
  );
  let seen: { readonly version: unknown; readonly digests: Digests } | undefined;
  const digests = (): Digests => {
    // Unchanged as long as nobody else has written; to read all of it each time would take most of a run.
    const now = version.get()?.data_version;
    if (seen !== undefined && seen.version === now) return seen.digests;
    const read = rows.map(([table, statement]) => [table, digestOf(statement.all())] as const);
    seen = { version: now, digests: new Map(read) };
    return seen.digests;
  };
  return {
    digests,
    changesSince(before) {
      return [...digests()].filter(([table, digest]) => before.get(table) !== digest).map(([table]) => table);
    },
    close: () => database.close(),
  };
}

const digestOf = (rows: unknown): string => createHash('sha256').update(JSON.stringify(rows)).digest('hex');
