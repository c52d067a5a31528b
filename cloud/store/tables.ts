import type { Generated } from 'kysely';
import type { AuditAct } from '../contracts/audit.ts';
import type { SignState } from '../contracts/fleet.ts';
import type { Role } from '../contracts/person.ts';
import type { CommandKind } from '../contracts/sign-report.ts';
import type { ConnectionEnd } from '../domain/sign-state.ts';
import type { CommandRecord } from './fleet-port.ts';

/** Both engines keep these. Times are Unix ms, flags 0 or 1; `free text` is written by `columnOf` and read by `textOf`. */
export type Tables = {
  migrations: { number: number; done_at_ms: number };
  meta: { name: string; value: number };
  stores: StoreRow;
  store_group_members: { store_id: string; store_group_id: string; position: number };
  /** `description`: JSON of a StoreGroupDescription. */
  store_groups: { id: string; description: string };
  sensor_places: SensorPlaceRow;
  sensor_states: SensorStateRow;
  /** `reading_key` is free text. */
  ledger: { sensor_id: string; reading_key: string; enqueued_at_ms: number };
  minute_flows: { store_id: string; door_id: string; minute_ms: number } & PeopleColumns;
  step_flows: { store_id: string; step_ms: number; adjusted: number } & PeopleColumns;
  zone_adjustments: { store_id: string; zone_id: string; minute_ms: number; people: number };
  corrections: CorrectionRow;
  alert_events: AlertEventRow;
  signs: SignRow;
  nonces: { number: Generated<number>; sign_id: string; sha256: string; expires_at_ms: number };
  connections: {
    id: string;
    sign_id: string | null;
    connected_at_ms: number | null;
    disconnected_at_ms: number | null;
    ended: ConnectionEnd | null;
  };
  rejected: RejectedRow;
  rejected_messages: RejectedMessageRow;
  ingest_keys: { sensor_id: string; sha256: string; made_at_ms: number };
  pairing_codes: { sign_id: string; code: string; expires_at_ms: number };
  pairing_tries: WrongTryRow;
  commands: CommandRow;
  people: PersonRow;
  sessions: { number: Generated<number>; sha256: string; person_id: string; expires_at_ms: number };
  wrong_keys: WrongTryRow;
  audit: AuditTableRow;
  /** The newest of each place. `command_id` and `media_type` are free text. */
  screenshots: {
    place_id: string;
    command_id: string;
    taken_at_ms: number;
    media_type: string;
    body: Uint8Array;
  };
  /** `alert_key` is free text: see `alertKeyOf`. */
  alert_paintings: { store_id: string; alert_key: string; place_id: string; painted_at_ms: number };
  /** `body`: JSON of what is no column; `ends_at_ms`: when it is over, or was taken back; `for_all`: it names no group. */
  messages: { message_id: string; body: string; for_all: number; sent_at_ms: number; ends_at_ms: number };
  message_groups: { message_id: string; store_group_id: string; sent_at_ms: number };
  message_paintings: { message_id: string; place_id: string; painted_at_ms: number };
};

export type StoreRow = {
  id: string;
  /** JSON of its StoreDescription. */
  description: string;
  /** JSON of the DailyReset in force, its own or a group's; null: never. */
  daily_reset: string | null;
  /** JSON of what counting changes: see `LiveState`. */
  live: string;
  /** JSON of its UsualDay; null: never looked at. */
  usual: string | null;
  revision: number;
  day: string;
  day_starts_at_ms: number;
  day_ends_at_ms: number;
  sent_at_ms: number | null;
  proof_sent_at_ms: number | null;
  push_due: number;
  /** Before this moment nothing of the store needs a review; it may be earlier than needed, never later. */
  review_at_ms: number;
};

/** Where a line of a sensor counts, and when. Open ones have no `until_ms`. */
type SensorPlaceRow = {
  number: Generated<number>;
  sensor_id: string;
  /** Free text; empty: every line that has no place of its own. */
  line: string;
  model: string;
  store_id: string;
  /** One of the two is null. */
  door_id: string | null;
  zone_id: string | null;
  flipped: number;
  people_per_second: number;
  from_ms: number;
  until_ms: number | null;
};

export type SensorStateRow = {
  sensor_id: string;
  heard_until_ms: number | null;
  /** JSON of the rest of its SensorState. */
  state: string;
};

/** `in` is a word of SQL's own. */
type PeopleColumns = { people_in: number; people_out: number };

type CorrectionRow = {
  number: Generated<number>;
  store_id: string;
  zone_id: string;
  kind: string;
  people: number;
  count_before: number;
  count_after: number;
  at_ms: number;
  made_at_ms: number;
  /** Free text; null: the daily reset. */
  made_by: string | null;
  /** Free text. */
  why: string;
};

type AlertEventRow = {
  number: Generated<number>;
  store_id: string;
  type: string;
  source: string;
  event: string;
  at_ms: number;
  /** Free text. */
  made_by: string | null;
};

type RejectedRow = {
  sensor_id: string;
  reason: string;
  body_sha256: string;
  /** Free text. */
  detail: string;
  body: Uint8Array;
  times: number;
  first_seen_at_ms: number;
  last_seen_at_ms: number;
};

type RejectedMessageRow = {
  sensor_id: string;
  /** Free text. */
  message_key: string;
  reason: string;
  body_sha256: string;
  enqueued_at_ms: number;
  /** Free text. */
  content_type: string | null;
};

export type SignRow = {
  id: string;
  key_x: string;
  key_y: string;
  store_group_id: string | null;
  enrolled_at_ms: number;
  /** Free text. */
  name: string;
  /** JSON of SignSettings. */
  settings: string;
  place_id: string;
  /** JSON of its last Heartbeat. */
  report: string | null;
  /** JSON of the last of its programs that reported, the newest first. */
  boots: string;
  heard_at_ms: number | null;
  /** Free text. */
  address: string | null;
  state: SignState;
  state_since_ms: number;
  revoked_at_ms: number | null;
  replaced_by: string | null;
};

/** `who` is free text. */
type WrongTryRow = { number: Generated<number>; who: string; at_ms: number };

type CommandRow = {
  number: Generated<number>;
  /** Free text: the answer to it comes from a device. */
  command_id: string;
  place_id: string;
  kind: CommandKind;
  /** Free text. */
  made_by: string;
  asked_at_ms: number;
  expires_at_ms: number;
  status: CommandRecord['status'];
  status_at_ms: number;
  /** Free text. */
  why: string;
};

type PersonRow = {
  id: string;
  /** Free text. */
  name: string;
  role: Role;
  /** JSON of a list; null: all stores. */
  store_ids: string | null;
  key_sha256: string | null;
  made_at_ms: number;
  last_seen_at_ms: number | null;
};

/** Never altered: both engines refuse it. */
type AuditTableRow = {
  number: Generated<number>;
  at_ms: number;
  /** Free text. */
  made_by: string;
  person_id: string;
  act: AuditAct;
  /** Free text. */
  subject: string;
  /** JSON, as is the next. */
  was: string;
  became: string;
};
