import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../engine.ts';
import { textOf } from '../free-text.ts';
import type { SqlDialect } from '../sql-dialect.ts';

/**
 * A store is kept as its owner describes it; sensors have places with a time; the history knows zones and corrections.
 * It names no type of today's program, which will change when this may not.
 */
export async function describedStores({ db, dialect }: Sql): Promise<void> {
  const run = async (statements: readonly string[]) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  };
  await run(newColumns(dialect));
  await run(newTables(dialect));
  await describeStores({ db, dialect });
  await describeSensors({ db, dialect });
  await run(OLD_ROWS);
  await run(OLD_COLUMNS);
  // SQLite keeps a table without row ids in its key's index, where a row as long as a store's spills over: each batch
  // would write two pages a store.
  if (dialect.types.end !== dialect.types.endKeyed) await run(roomierStores(dialect));
}

const newColumns = ({ types: { integer } }: SqlDialect) => [
  "alter table stores add column description text not null default ''",
  "alter table stores add column live text not null default ''",
  'alter table stores add column daily_reset text',
  "alter table sensor_states add column state text not null default ''",
  'alter table ledger rename column at_ms to enqueued_at_ms',
  `alter table step_flows add column adjusted ${integer} not null default 0`,
  'create index minute_flows_by_time on minute_flows (minute_ms)',
  'create index step_flows_by_time on step_flows (step_ms)',
];

const newTables = ({ types: { id, integer, number, end, endKeyed } }: SqlDialect) => [
  `create table store_groups (id ${id} not null primary key, description text not null) ${endKeyed}`,

  `create table sensor_places (
     number ${number},
     sensor_id ${id} not null,
     line ${id} not null,
     model text not null,
     store_id ${id} not null references stores (id),
     door_id ${id},
     zone_id ${id},
     flipped ${integer} not null,
     people_per_second ${integer} not null,
     from_ms ${integer} not null,
     until_ms ${integer},
     check ((door_id is null) <> (zone_id is null))
   ) ${end}`,
  'create index sensor_places_by_sensor on sensor_places (sensor_id)',
  'create unique index sensor_places_open on sensor_places (sensor_id, line) where until_ms is null',
  'create index sensor_places_open_by_store on sensor_places (store_id) where until_ms is null',
  'create index sensor_places_ended on sensor_places (until_ms) where until_ms is not null',

  `create table zone_adjustments (
     store_id ${id} not null,
     zone_id ${id} not null,
     minute_ms ${integer} not null,
     people ${integer} not null,
     primary key (store_id, zone_id, minute_ms)
   ) ${endKeyed}`,
  'create index zone_adjustments_by_time on zone_adjustments (minute_ms)',
  `create table corrections (
     number ${number},
     store_id ${id} not null,
     zone_id ${id} not null,
     kind text not null,
     people ${integer} not null,
     count_before ${integer} not null,
     count_after ${integer} not null,
     at_ms ${integer} not null,
     made_at_ms ${integer} not null,
     made_by text,
     why text not null
   ) ${end}`,
  'create index corrections_by_store on corrections (store_id, number)',
  'create index corrections_by_time on corrections (at_ms)',
  `create table alert_events (
     number ${number},
     store_id ${id} not null,
     type text not null,
     source ${id} not null,
     event text not null,
     at_ms ${integer} not null,
     made_by text
   ) ${end}`,
  'create index alert_events_by_store on alert_events (store_id, number)',
  'create index alert_events_by_time on alert_events (at_ms)',

  `create table rejected_messages (
     sensor_id ${id} not null,
     message_key ${id} not null,
     reason text not null,
     body_sha256 text not null,
     enqueued_at_ms ${integer} not null,
     content_type text,
     primary key (sensor_id, reason, message_key)
   ) ${endKeyed}`,
  'create index rejected_messages_by_sensor on rejected_messages (sensor_id, enqueued_at_ms, message_key)',
  'create index rejected_messages_by_time on rejected_messages (enqueued_at_ms)',

  `create table ingest_keys (
     sensor_id ${id} not null primary key,
     sha256 text not null,
     made_at_ms ${integer} not null
   ) ${endKeyed}`,
];

const OLD_ROWS = [
  `insert into sensor_places (sensor_id, line, model, store_id, door_id, flipped, people_per_second, from_ms)
     select id, '', 'auto', store_id, door_id, flipped, 3, 0 from sensors`,
  `insert into rejected_messages (sensor_id, message_key, reason, body_sha256, enqueued_at_ms)
     select sensor_id, 'before:' || body_sha256, reason, body_sha256, last_seen_at_ms from rejected`,
];

const OLD_COLUMNS = [
  'drop table sensors',
  'drop table doors',
  ...['name', 'time_zone', 'soft_limit', 'hard_limit', 'live_for_ms', 'raw_count'].map(
    (column) => `alter table stores drop column ${column}`,
  ),
  ...['boot', 'previous_boot', 'sequence', 'total_in', 'total_out'].map(
    (column) => `alter table sensor_states drop column ${column}`,
  ),
];

const STORE_COLUMNS = [
  'id, revision, day, day_starts_at_ms, day_ends_at_ms, sent_at_ms, proof_sent_at_ms, push_due, review_at_ms',
  'description, daily_reset, live',
].join(', ');

const roomierStores = ({ types: { id, integer, end } }: SqlDialect) => [
  // What refers to a store is checked when all of this is done.
  'pragma defer_foreign_keys = on',
  `create table kept_stores as select ${STORE_COLUMNS} from stores`,
  'drop table stores',
  `create table stores (
     id ${id} not null primary key,
     revision ${integer} not null,
     day text not null,
     day_starts_at_ms ${integer} not null,
     day_ends_at_ms ${integer} not null,
     sent_at_ms ${integer},
     proof_sent_at_ms ${integer},
     push_due ${integer} not null,
     review_at_ms ${integer} not null,
     description text not null,
     daily_reset text,
     live text not null
   ) ${end}`,
  `insert into stores (${STORE_COLUMNS}) select ${STORE_COLUMNS} from kept_stores`,
  'drop table kept_stores',
  'create index stores_due on stores (sent_at_ms) where push_due = 1',
  'create index stores_by_proof on stores (proof_sent_at_ms)',
  'create index stores_to_review on stores (review_at_ms)',
];

type OldStore = {
  id: string;
  name: string;
  time_zone: string;
  soft_limit: number;
  hard_limit: number;
  live_for_ms: number;
  raw_count: number;
};
type OldDoor = { store_id: string; id: string; name: string; silent: number };
type OldSensor = { id: string; store_id: string; door_id: string; flipped: number };
type OldMember = { store_id: string; store_group_id: string };

/** What a sign is shown has more in it from now on, so each store has a new revision, and they are all told. */
async function describeStores({ db, dialect }: Sql): Promise<void> {
  const rowsOf = async <Row>(query: RawBuilder<Row>) => (await query.execute(db)).rows;
  const stores = await rowsOf(sql<OldStore>`select * from stores`);
  const doors = await rowsOf(sql<OldDoor>`select * from doors order by position`);
  const sensors = await rowsOf(sql<OldSensor>`select * from sensors order by position`);
  const members = await rowsOf(sql<OldMember>`select * from store_group_members order by position`);
  const ofStore = <Row extends { store_id: string }>(rows: readonly Row[]) =>
    Map.groupBy(rows, (row) => row.store_id);
  const [doorsOf, sensorsOf, membersOf] = [ofStore(doors), ofStore(sensors), ofStore(members)];
  const described = stores.map((store) => {
    const its = {
      doors: doorsOf.get(store.id) ?? [],
      sensors: sensorsOf.get(store.id) ?? [],
      members: membersOf.get(store.id) ?? [],
    };
    const silent = its.doors.filter((door) => door.silent === 1).map((door) => door.id);
    return {
      id: store.id,
      description: JSON.stringify(descriptionOf(store, its)),
      live: JSON.stringify(liveOf(store.raw_count, silent)),
    };
  });
  const bound = dialect.boundRows<{ id: string; description: string; live: string }>(
    { id: 'text', description: 'text', live: 'text' },
    described,
  );
  await sql`update stores
    set description = r.description, live = r.live, revision = revision + 1, push_due = 1, review_at_ms = 0
    from ${bound} where stores.id = r.id`.execute(db);
}

type Its = {
  readonly doors: readonly OldDoor[];
  readonly sensors: readonly OldSensor[];
  readonly members: readonly OldMember[];
};

const descriptionOf = (store: OldStore, { doors, sensors, members }: Its) => ({
  name: textOf(store.name),
  timeZone: store.time_zone,
  limits: {
    soft: store.soft_limit,
    hard: store.hard_limit,
    upAfterSeconds: 0,
    downAfterSeconds: 5,
    staff: 0,
    margin: 0,
  },
  liveForSeconds: store.live_for_ms / 1_000,
  storeGroups: members.map((member) => member.store_group_id),
  zones: [],
  doors: doors.map((door) => ({
    id: door.id,
    name: textOf(door.name),
    peoplePerSecond: 3,
    sensors: sensors
      .filter((sensor) => sensor.door_id === door.id)
      .map((sensor) => ({ id: sensor.id, model: 'auto', flipped: sensor.flipped === 1 })),
  })),
});

const liveOf = (rawCount: number, silentDoors: readonly string[]) => ({
  zones: { store: { rawCount, baselineAtMs: null, silent: false } },
  silentDoors,
  levelState: { level: 'open', next: null },
  alerts: [],
  imbalancedDoors: [],
  judgedDay: null,
  nextResetAtMs: null,
});

type OldSensorState = {
  sensor_id: string;
  boot: string | null;
  previous_boot: string | null;
  sequence: number | null;
  total_in: number;
  total_out: number;
  heard_until_ms: number | null;
};

async function describeSensors({ db, dialect }: Sql): Promise<void> {
  const { rows } = await sql<OldSensorState>`select * from sensor_states`.execute(db);
  const described = rows.map((row) => ({ sensor_id: row.sensor_id, state: JSON.stringify(stateOf(row)) }));
  const bound = dialect.boundRows<{ sensor_id: string; state: string }>(
    { sensor_id: 'text', state: 'text' },
    described,
  );
  await sql`update sensor_states set state = r.state from ${bound}
    where sensor_states.sensor_id = r.sensor_id`.execute(db);
}

const stateOf = (row: OldSensorState) => ({
  clock: { skewMs: 0, newestMs: null, lagging: null },
  counters:
    row.boot === null
      ? []
      : [
          {
            line: '',
            boot: textOf(row.boot),
            previousBoot: row.previous_boot === null ? null : textOf(row.previous_boot),
            sequence: row.sequence,
            totalIn: row.total_in,
            totalOut: row.total_out,
            people: 0,
            atMs: row.heard_until_ms,
          },
        ],
  implausibleAtMs: null,
  rejected: null,
});
