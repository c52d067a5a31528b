import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

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
] as const;

/**
 * The embedded platform's own memory, `platform.db`: what Azure would remember for us.
 * Nothing of the product is in it. The caller closes it.
 */
export function openPlatformDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file);
  chmodSync(file, 0o600);
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;');
  const { user_version: done } = database.prepare('pragma user_version').get() as { user_version: number };
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < done) continue;
    database.exec(`begin immediate; ${migration} pragma user_version = ${index + 1}; commit;`);
  }
  return database;
}
