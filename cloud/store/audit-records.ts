import type { Sql } from './engine.ts';
import { columnOf, textOf } from './free-text.ts';
import type { AuditRecords } from './people-port.ts';

/** Rows are only ever added; both engines refuse anything else. */
export const auditRecords = ({ db }: Sql): AuditRecords => ({
  async add({ atMs, by, personId, act, subject, before, after }) {
    await db
      .insertInto('audit')
      .values({
        at_ms: atMs,
        made_by: columnOf(by),
        person_id: columnOf(personId),
        act,
        subject: columnOf(subject),
        was: JSON.stringify(before ?? null),
        became: JSON.stringify(after ?? null),
      })
      .execute();
  },

  async list(limit, beforeNumber) {
    const newestFirst = db.selectFrom('audit').selectAll().orderBy('number', 'desc').limit(limit);
    const rows = await (beforeNumber === undefined
      ? newestFirst
      : newestFirst.where('number', '<', beforeNumber)
    ).execute();
    return rows.map((row) => ({
      number: row.number,
      atMs: row.at_ms,
      by: textOf(row.made_by),
      personId: textOf(row.person_id),
      act: row.act,
      subject: textOf(row.subject),
      before: JSON.parse(row.was),
      after: JSON.parse(row.became),
    }));
  },
});
