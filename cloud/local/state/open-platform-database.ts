import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HostError } from '../host-error.ts';

const BUSY_TIMEOUT_MS = 5_000;

/** One step a number; a step that has shipped is never changed. */
const MIGRATIONS = [
  `create table secrets (name text primary key, value text not null) strict;
   create table devices (
     device_id text primary key,
     generation_id text not null,
     etag text not null,
     status text not null,
     primary_key text not null,
     secondary_key text not null
   ) strict;
   create table user_groups (
     hub text not null,
     user_id text not null,
     group_name text not null,
     added_at_ms integer not null,
     expires_at_ms integer not null,
     primary key (hub, user_id, group_name)
   ) strict;`,
  'create table sequences (name text primary key, next_number integer not null) strict;',
  `create table timers (
     function_name text primary key,
     last_ms integer,
     updated_at_ms integer not null
   ) strict;
   create table device_statuses (
     device_id text primary key,
     status_reason text,
     status_updated_at_ms integer
   ) strict;`,
] as const;

/** The `user_version` of a database that is up to date. */
export const PLATFORM_SCHEMA_VERSION: number = MIGRATIONS.length;

/**
 * The embedded platform's own memory, `platform.db`: what Azure would remember for us.
 * Nothing of the product is in it. The caller closes it. Throws a HostError ERR_DATABASE_NEWER, and has changed nothing then.
 */
export function openPlatformDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    // Before anything is read, so that the index of the log is in memory: one in a file wants room on the disk.
    database.exec('pragma locking_mode = exclusive');
    migrate(database, file);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSync, file: string): void {
  const done = Number(database.prepare('pragma user_version').get()?.user_version);
  if (done > PLATFORM_SCHEMA_VERSION) {
    throw new HostError(
      'ERR_DATABASE_NEWER',
      `${file} is at step ${done}, this program knows ${PLATFORM_SCHEMA_VERSION}: install a newer Vitrine, or restore a back-up`,
    );
  }
  chmodSync(file, 0o600);
  database.exec('pragma journal_mode = wal; pragma synchronous = full;');
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < done) continue;
    database.exec(`begin immediate; ${migration} pragma user_version = ${index + 1}; commit;`);
  }
}
