import type { SqlDialect } from '../sql-dialect.ts';

/** Operators' messages, for which groups they are, who painted them, and the usual day of each store. */
export const messages = ({ types: { id, integer, endKeyed, end } }: SqlDialect): readonly string[] => [
  'alter table stores add column usual text',
  `create table messages (
     message_id ${id} not null primary key,
     body text not null,
     for_all ${integer} not null,
     sent_at_ms ${integer} not null,
     ends_at_ms ${integer} not null
   ) ${end}`,
  'create index messages_by_end on messages (ends_at_ms)',
  'create index messages_by_time on messages (sent_at_ms)',
  `create table message_groups (
     message_id ${id} not null,
     store_group_id ${id} not null,
     sent_at_ms ${integer} not null,
     primary key (message_id, store_group_id)
   ) ${endKeyed}`,
  'create index message_groups_by_time on message_groups (sent_at_ms)',
  `create table message_paintings (
     message_id ${id} not null,
     place_id ${id} not null,
     painted_at_ms ${integer} not null,
     primary key (message_id, place_id)
   ) ${endKeyed}`,
  'create index message_paintings_by_time on message_paintings (painted_at_ms)',
];
