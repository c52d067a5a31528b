import type { Sql } from './engine.ts';
import { columnOf } from './free-text.ts';
import type { PeopleRecords } from './people-port.ts';
import { personOf } from './person-of.ts';
import { personSessions } from './person-sessions.ts';
import { addWrongTry, wrongTries } from './wrong-tries.ts';

/** `mayWrite`: false in a look, where nothing is brought up to date. */
export const peopleRecords = (sql: Sql, { mayWrite }: { readonly mayWrite: boolean }): PeopleRecords => {
  const { db, dialect } = sql;
  return {
    async people() {
      const people = db.selectFrom('people').selectAll().orderBy('name').orderBy('id');
      // Who writes decides by what all of them are: of two admins at once, neither may take the other for the one who stays.
      const rows = await people.$if(mayWrite, (query) => query.modifyEnd(dialect.forUpdate)).execute();
      return rows.map(personOf);
    },

    async person(personId) {
      const row = await db.selectFrom('people').selectAll().where('id', '=', personId).executeTakeFirst();
      return row && personOf(row);
    },

    async add({ personId, name, role, storeIds, keySha256, madeAtMs }) {
      await db
        .insertInto('people')
        .values({
          id: personId,
          name: columnOf(name),
          role,
          store_ids: storeIds === null ? null : JSON.stringify(storeIds),
          key_sha256: keySha256,
          made_at_ms: madeAtMs,
          last_seen_at_ms: null,
        })
        .execute();
    },

    async change(personId, { role, storeIds }) {
      await db
        .updateTable('people')
        .set({ role, store_ids: storeIds === null ? null : JSON.stringify(storeIds) })
        .where('id', '=', personId)
        .execute();
    },

    async remove(personId) {
      await db.deleteFrom('sessions').where('person_id', '=', personId).execute();
      const { numDeletedRows } = await db.deleteFrom('people').where('id', '=', personId).executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async byKey(keySha256) {
      const row = await db
        .selectFrom('people')
        .selectAll()
        .where('key_sha256', '=', keySha256)
        .executeTakeFirst();
      return row && personOf(row);
    },

    ...personSessions(sql, mayWrite),
    addWrongKey: ({ address, ...when }) => addWrongTry(sql, 'wrong_keys', { who: address, ...when }),
    wrongKeys: (address, sinceMs) => wrongTries(sql, 'wrong_keys', address, sinceMs),
  };
};
