import type { SqlDialect } from '../sql-dialect.ts';

/** Which sign painted which alert, what its panel was last sent, which of its programs reported, and how each connection ended. */
export const paintings = ({
  types: { id, integer, bytes, endKeyed, end },
}: SqlDialect): readonly string[] => [
  "alter table signs add column boots text not null default '[]'",
  'alter table connections add column ended text',
  `create index connections_closed_by_sign on connections (sign_id, disconnected_at_ms)
     where disconnected_at_ms is not null`,
  // Asked for with each flush: those that have not reported for a while, and those that said of themselves that they are dark.
  `create index signs_by_report on signs (heard_at_ms)
     where store_group_id is not null and revoked_at_ms is null`,
  `create index signs_dark on signs (state)
     where state = 'dark' and store_group_id is not null and revoked_at_ms is null`,
  `create table screenshots (
     place_id ${id} not null primary key,
     command_id text not null,
     taken_at_ms ${integer} not null,
     media_type text not null,
     body ${bytes} not null
   ) ${end}`,
  `create table alert_paintings (
     store_id ${id} not null,
     alert_key ${id} not null,
     place_id ${id} not null,
     painted_at_ms ${integer} not null,
     primary key (store_id, alert_key, place_id)
   ) ${endKeyed}`,
  'create index alert_paintings_by_time on alert_paintings (painted_at_ms)',
];
