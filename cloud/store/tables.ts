import type { Generated } from 'kysely';

/** Both engines keep these. Times are Unix ms, flags 0 or 1; `free text` is written by `columnOf` and read by `textOf`. */
export type Tables = {
  migrations: { number: number; done_at_ms: number };
  meta: { name: string; value: number };
  stores: StoreRow;
  store_group_members: { store_id: string; store_group_id: string; position: number };
  /** `name` is free text. */
  doors: { store_id: string; id: string; position: number; name: string; silent: number };
  sensors: { id: string; store_id: string; door_id: string; position: number; flipped: number };
  sensor_states: SensorStateRow;
  /** `reading_key` is free text. */
  ledger: { sensor_id: string; reading_key: string; at_ms: number };
  minute_flows: { store_id: string; door_id: string; minute_ms: number } & PeopleColumns;
  step_flows: { store_id: string; step_ms: number } & PeopleColumns;
  signs: {
    id: string;
    key_x: string;
    key_y: string;
    store_group_id: string | null;
    enrolled_at_ms: number;
  };
  nonces: { number: Generated<number>; sign_id: string; sha256: string; expires_at_ms: number };
  connections: {
    id: string;
    sign_id: string | null;
    connected_at_ms: number | null;
    disconnected_at_ms: number | null;
  };
  rejected: RejectedRow;
};

export type StoreRow = {
  id: string;
  /** Free text. */
  name: string;
  time_zone: string;
  soft_limit: number;
  hard_limit: number;
  live_for_ms: number;
  raw_count: number;
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

export type SensorStateRow = {
  sensor_id: string;
  /** Free text. */
  boot: string | null;
  /** Free text. */
  previous_boot: string | null;
  sequence: number | null;
  total_in: number;
  total_out: number;
  heard_until_ms: number | null;
};

/** `in` is a word of SQL's own. */
type PeopleColumns = { people_in: number; people_out: number };

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
