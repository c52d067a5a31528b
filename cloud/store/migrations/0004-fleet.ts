import type { SqlDialect } from '../sql-dialect.ts';

/** Signs have names, reports and an end; codes pair them, commands reach them; people sign in, and what they do is noted. */
export const fleet = (dialect: SqlDialect): readonly string[] => [
  ...signColumns(dialect),
  ...signTables(dialect),
  ...peopleTables(dialect),
  ...auditTable(dialect),
];

const signColumns = ({ types: { id, integer } }: SqlDialect) => [
  ...[
    "name text not null default ''",
    `settings text not null default '{"board":"manager"}'`,
    `place_id ${id} not null default ''`,
    'report text',
    `heard_at_ms ${integer}`,
    'address text',
    "state text not null default 'unknown'",
    `state_since_ms ${integer} not null default 0`,
    `revoked_at_ms ${integer}`,
    `replaced_by ${id}`,
  ].map((column) => `alter table signs add column ${column}`),
  'update signs set place_id = id, state_since_ms = enrolled_at_ms',
  // One that is revoked has no place either, and is kept for ever.
  'drop index signs_unassigned',
  `create index signs_unassigned on signs (enrolled_at_ms)
     where store_group_id is null and revoked_at_ms is null`,
  'create index signs_by_group on signs (store_group_id) where store_group_id is not null',
];

const signTables = ({ types: { id, integer, number, end, endKeyed } }: SqlDialect) => [
  // SQLite would look for the open connections of some signs among all that are open, if it held those too.
  'drop index connections_closed',
  `create index connections_closed on connections (disconnected_at_ms)
     where disconnected_at_ms is not null`,
  `create table pairing_codes (
     sign_id ${id} not null primary key,
     code ${id} not null unique,
     expires_at_ms ${integer} not null
   ) ${endKeyed}`,
  'create index pairing_codes_by_expiry on pairing_codes (expires_at_ms)',
  `create table pairing_tries (number ${number}, who text not null, at_ms ${integer} not null) ${end}`,
  'create index pairing_tries_by_time on pairing_tries (at_ms)',

  `create table commands (
     number ${number},
     command_id ${id} not null unique,
     place_id ${id} not null,
     kind text not null,
     made_by text not null,
     asked_at_ms ${integer} not null,
     expires_at_ms ${integer} not null,
     status text not null,
     status_at_ms ${integer} not null,
     why text not null
   ) ${end}`,
  'create index commands_by_place on commands (place_id, number)',
  // Each sign asks for these with each of its reports.
  "create index commands_waiting on commands (place_id, number) where status = 'waiting'",
  'create index commands_by_time on commands (asked_at_ms)',
];

const peopleTables = ({ types: { id, integer, number, end, endKeyed } }: SqlDialect) => [
  `create table people (
     id ${id} not null primary key,
     name ${id} not null,
     role text not null,
     store_ids text,
     key_sha256 text unique,
     made_at_ms ${integer} not null,
     last_seen_at_ms ${integer}
   ) ${endKeyed}`,
  `create table sessions (
     number ${number},
     sha256 text not null unique,
     person_id ${id} not null,
     expires_at_ms ${integer} not null
   ) ${end}`,
  'create index sessions_by_person on sessions (person_id, number)',
  'create index sessions_by_expiry on sessions (expires_at_ms)',
  `create table wrong_keys (number ${number}, who text not null, at_ms ${integer} not null) ${end}`,
  'create index wrong_keys_by_time on wrong_keys (at_ms)',
];

const auditTable = ({ aloneInTransaction, types: { id, integer, number, end } }: SqlDialect) => [
  `create table audit (
     number ${number},
     at_ms ${integer} not null,
     made_by text not null,
     person_id ${id} not null,
     act text not null,
     subject text not null,
     was text not null,
     became text not null
   ) ${end}`,
  ...(aloneInTransaction ? REFUSALS_OF_SQLITE : REFUSALS_OF_POSTGRES),
];

const NEVER = 'what is in the audit is never altered';

const REFUSALS_OF_SQLITE = ['update', 'delete'].map(
  (change) =>
    `create trigger audit_refuses_${change} before ${change} on audit begin select raise(abort, '${NEVER}'); end`,
);

const REFUSALS_OF_POSTGRES = [
  `create function refuse_change_of_audit() returns trigger language plpgsql
     as $$ begin raise exception '${NEVER}'; end $$`,
  `create trigger audit_refuses_change before update or delete on audit
     for each row execute function refuse_change_of_audit()`,
];
