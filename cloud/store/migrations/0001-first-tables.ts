import type { SqlDialect } from '../sql-dialect.ts';

export const firstTables = ({ types: { id, integer, bytes, number, end, endKeyed } }: SqlDialect) => [
  `create table meta (name text not null primary key, value ${integer} not null) ${end}`,

  `create table stores (
     id ${id} not null primary key,
     name text not null,
     time_zone text not null,
     soft_limit ${integer} not null,
     hard_limit ${integer} not null,
     live_for_ms ${integer} not null,
     raw_count ${integer} not null,
     revision ${integer} not null,
     day text not null,
     day_starts_at_ms ${integer} not null,
     day_ends_at_ms ${integer} not null,
     sent_at_ms ${integer},
     proof_sent_at_ms ${integer},
     push_due ${integer} not null,
     review_at_ms ${integer} not null
   ) ${endKeyed}`,
  // The flush asks for these every second.
  'create index stores_due on stores (sent_at_ms) where push_due = 1',
  'create index stores_by_proof on stores (proof_sent_at_ms)',
  'create index stores_to_review on stores (review_at_ms)',

  `create table store_group_members (
     store_id ${id} not null references stores (id),
     store_group_id ${id} not null,
     position ${integer} not null,
     primary key (store_id, store_group_id)
   ) ${endKeyed}`,
  'create index store_group_members_by_group on store_group_members (store_group_id, store_id)',

  `create table doors (
     store_id ${id} not null references stores (id),
     id ${id} not null,
     position ${integer} not null,
     name text not null,
     silent ${integer} not null,
     primary key (store_id, id)
   ) ${endKeyed}`,
  'create index doors_silent on doors (store_id, id) where silent = 1',
  `create table sensors (
     id ${id} not null primary key,
     store_id ${id} not null,
     door_id ${id} not null,
     position ${integer} not null,
     flipped ${integer} not null,
     foreign key (store_id, door_id) references doors (store_id, id)
   ) ${endKeyed}`,
  'create index sensors_by_door on sensors (store_id, door_id)',

  // Outlives the sensor's place: a total is still the same total after the sensor has moved.
  `create table sensor_states (
     sensor_id ${id} not null primary key,
     boot text,
     previous_boot text,
     sequence ${integer},
     total_in ${integer} not null,
     total_out ${integer} not null,
     heard_until_ms ${integer}
   ) ${endKeyed}`,
  `create table ledger (
     sensor_id ${id} not null,
     reading_key ${id} not null,
     at_ms ${integer} not null,
     primary key (sensor_id, reading_key)
   ) ${endKeyed}`,
  'create index ledger_by_time on ledger (at_ms)',

  // History outlives the doors that it speaks of.
  `create table minute_flows (
     store_id ${id} not null,
     door_id ${id} not null,
     minute_ms ${integer} not null,
     people_in ${integer} not null,
     people_out ${integer} not null,
     primary key (store_id, door_id, minute_ms)
   ) ${endKeyed}`,
  `create table step_flows (
     store_id ${id} not null,
     step_ms ${integer} not null,
     people_in ${integer} not null,
     people_out ${integer} not null,
     primary key (store_id, step_ms)
   ) ${endKeyed}`,

  `create table signs (
     id ${id} not null primary key,
     key_x text not null,
     key_y text not null,
     store_group_id ${id},
     enrolled_at_ms ${integer} not null
   ) ${end}`,
  'create index signs_unassigned on signs (enrolled_at_ms) where store_group_id is null',
  `create table nonces (
     number ${number},
     sign_id ${id} not null,
     sha256 text not null,
     expires_at_ms ${integer} not null,
     unique (sign_id, sha256)
   ) ${end}`,
  'create index nonces_by_expiry on nonces (expires_at_ms)',

  // No reference to signs: presence is a hint, and may come before or after everything else.
  `create table connections (
     id ${id} not null primary key,
     sign_id ${id},
     connected_at_ms ${integer},
     disconnected_at_ms ${integer}
   ) ${end}`,
  'create index connections_open on connections (sign_id) where disconnected_at_ms is null',
  'create index connections_open_by_time on connections (connected_at_ms) where disconnected_at_ms is null',
  'create index connections_closed on connections (disconnected_at_ms)',

  `create table rejected (
     sensor_id ${id} not null,
     reason text not null,
     body_sha256 text not null,
     detail text not null,
     body ${bytes} not null,
     times ${integer} not null,
     first_seen_at_ms ${integer} not null,
     last_seen_at_ms ${integer} not null,
     primary key (sensor_id, reason, body_sha256)
   ) ${end}`,
  'create index rejected_by_time on rejected (last_seen_at_ms)',
];
