import type { Sql } from './engine.ts';
import type { PeopleRecords } from './people-port.ts';
import { personOf } from './person-of.ts';

const MAX_SESSIONS_OF_PERSON = 20;
/** To write at each request when somebody was last seen would be a write for each look. */
const SEEN_AT_MOST_EVERY_MS = 60_000;

export const personSessions = (
  { db }: Sql,
  mayWrite: boolean,
): Pick<PeopleRecords, 'addSession' | 'bySession' | 'seen' | 'endSession'> => {
  const seen = async (personId: string, atMs: number) => {
    await db
      .updateTable('people')
      .set({ last_seen_at_ms: atMs })
      .where('id', '=', personId)
      .where(({ eb, or }) => or([eb('last_seen_at_ms', 'is', null), eb('last_seen_at_ms', '<', atMs)]))
      .execute();
  };
  return {
    async addSession({ sha256, personId, nowMs, expiresAtMs }) {
      await db.deleteFrom('sessions').where('expires_at_ms', '<=', nowMs).execute();
      await db
        .insertInto('sessions')
        .values({ sha256, person_id: personId, expires_at_ms: expiresAtMs })
        .execute();
      const newest = db
        .selectFrom('sessions')
        .select('number')
        .where('person_id', '=', personId)
        .orderBy('number', 'desc')
        .limit(MAX_SESSIONS_OF_PERSON);
      await db
        .deleteFrom('sessions')
        .where('person_id', '=', personId)
        .where('number', 'not in', newest)
        .execute();
    },

    async bySession(sha256, nowMs) {
      const row = await db
        .selectFrom('people')
        .innerJoin('sessions', 'sessions.person_id', 'people.id')
        .selectAll('people')
        .where('sessions.sha256', '=', sha256)
        .where('sessions.expires_at_ms', '>', nowMs)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const person = personOf(row);
      const isNews = nowMs - (person.lastSeenAtMs ?? Number.NEGATIVE_INFINITY) >= SEEN_AT_MOST_EVERY_MS;
      if (!mayWrite || !isNews) return person;
      await seen(person.personId, nowMs);
      return { ...person, lastSeenAtMs: nowMs };
    },

    seen,

    async endSession(sha256) {
      await db.deleteFrom('sessions').where('sha256', '=', sha256).execute();
    },
  };
};
