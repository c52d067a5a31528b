import { sql } from 'kysely';
import { MAX_KEPT_TOLD } from '../contracts/sensor.ts';
import type { Sql } from './engine.ts';
import { textOf } from './free-text.ts';
import type { KeptOfSensor } from './sensor-port.ts';

/** See the port. However much is kept, of each sensor only the oldest messages are counted and only the newest read. */
export async function keptOfSensors(
  store: Sql,
  sensorIds: readonly string[] | null,
): Promise<readonly KeptOfSensor[]> {
  const kept = await countsOf(store, [...new Set(sensorIds ?? (await allSensors(store)))]);
  const newest = await newestOf(store, kept);
  return kept.flatMap(({ sensor_id: sensorId, messages }) => {
    const last = newest.get(sensorId);
    if (last === undefined) return [];
    return [{ sensorId, kept: messages, detail: textOf(last.detail), lastSeenAtMs: last.last_seen_at_ms }];
  });
}

/** One step in the index for each, past all of its messages: `distinct` would read them. */
async function allSensors({ db }: Sql): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive sensor(id) as (
      select min(sensor_id) from rejected_messages
      union all
      select (select min(sensor_id) from rejected_messages where sensor_id > sensor.id)
      from sensor where sensor.id is not null
    )
    select id from sensor where id is not null`.execute(db);
  return rows.map(({ id }) => id);
}

type Counted = { sensor_id: string; messages: number; reason: string; body_sha256: string };

/** In order of id, with the reason and the body of the last. What was refused for two reasons is two rows but one message. */
async function countsOf({ db, dialect }: Sql, sensorIds: readonly string[]): Promise<readonly Counted[]> {
  if (sensorIds.length === 0) return [];
  const ids = dialect.boundRows<Pick<Counted, 'sensor_id'>>(
    { sensor_id: 'text' },
    sensorIds.map((sensorId) => ({ sensor_id: sensorId })),
  );
  // A value each, because of a join SQLite would read all messages of a sensor to find its last.
  const ofLast = (column: 'reason' | 'body_sha256') => sql`(
    select ${sql.ref(column)} from rejected_messages as message where message.sensor_id = r.sensor_id
    order by enqueued_at_ms desc, message_key desc, reason desc limit 1
  )`;
  const { rows } = await sql<Counted | { reason: null }>`
    select r.sensor_id, (
      select count(*) from (
        select distinct enqueued_at_ms, message_key from rejected_messages as message
        where message.sensor_id = r.sensor_id
        order by enqueued_at_ms, message_key limit ${MAX_KEPT_TOLD}
      ) as counted
    ) as messages, ${ofLast('reason')} as reason, ${ofLast('body_sha256')} as body_sha256
    from ${ids}`.execute(db);
  return rows
    .filter((row) => row.reason !== null)
    .toSorted((one, other) => (one.sensor_id < other.sensor_id ? -1 : 1));
}

type Newest = { sensor_id: string; detail: string; last_seen_at_ms: number };

async function newestOf(
  { db, dialect }: Sql,
  counted: readonly Counted[],
): Promise<ReadonlyMap<string, Newest>> {
  if (counted.length === 0) return new Map();
  const lastOnes = dialect.boundRows<Omit<Counted, 'messages'>>(
    { sensor_id: 'text', reason: 'text', body_sha256: 'text' },
    counted.map(({ sensor_id, reason, body_sha256 }) => ({ sensor_id, reason, body_sha256 })),
  );
  // A cross join, because SQLite keeps to its order.
  const { rows } = await sql<Newest>`
    select r.sensor_id, rejected.detail, rejected.last_seen_at_ms
    from ${lastOnes} cross join rejected
    where rejected.sensor_id = r.sensor_id and rejected.reason = r.reason
      and rejected.body_sha256 = r.body_sha256`.execute(db);
  return new Map(rows.map((row) => [row.sensor_id, row]));
}
