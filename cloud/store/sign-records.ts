import { sql as raw } from 'kysely';
import { boardOf } from '../domain/board-of.ts';
import type { Sql } from './engine.ts';
import type { SignRecord, SignRecords } from './fleet-port.ts';
import { columnOf, textOf } from './free-text.ts';
import { removeScreenshot, signEnds } from './sign-ends.ts';
import { signNonces } from './sign-nonces.ts';
import type { SignRow } from './tables.ts';

export const signRecords = (sql: Sql): SignRecords => {
  const { db, dialect } = sql;
  const change = async (signId: string, columns: Partial<SignRow>) => {
    const { numUpdatedRows } = await db
      .updateTable('signs')
      .set(columns)
      .where('id', '=', signId)
      .where('revoked_at_ms', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  };
  return {
    async sign(signId) {
      const row = await db.selectFrom('signs').selectAll().where('id', '=', signId).executeTakeFirst();
      return row === undefined ? undefined : signOf(row);
    },

    async signs(signIds) {
      const rows = await db
        .selectFrom('signs')
        .selectAll()
        .where(dialect.oneOf('id', signIds))
        .orderBy('id')
        .execute();
      return rows.map(signOf);
    },

    async enrol({ signId, publicKey, atMs, address = null }) {
      await db
        .insertInto('signs')
        .values({
          ...NEW_SIGN,
          id: signId,
          key_x: publicKey.x,
          key_y: publicKey.y,
          enrolled_at_ms: atMs,
          address: address === null ? null : columnOf(address),
          place_id: signId,
          state_since_ms: atMs,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await db.selectFrom('signs').selectAll().where('id', '=', signId).executeTakeFirstOrThrow();
      return signOf(row);
    },

    async listSigns(limit) {
      const rows = await db
        .selectFrom('signs')
        .selectAll()
        .where('revoked_at_ms', 'is', null)
        // Anybody can enrol signs without end: they must not take the room of those that are in use.
        .orderBy((of) => of('store_group_id', 'is', null))
        .orderBy('enrolled_at_ms', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.toSorted(newestFirst).map(signOf);
    },

    async signsOfGroups(storeGroupIds) {
      const rows = await db
        .selectFrom('signs')
        .selectAll()
        .where(dialect.oneOf('store_group_id', storeGroupIds))
        .where('revoked_at_ms', 'is', null)
        .orderBy('id')
        .execute();
      return rows.map(signOf);
    },

    async placedSigns(storeGroupIds) {
      const placed = db
        .selectFrom('signs')
        .select(['store_group_id', 'enrolled_at_ms', 'settings', 'report'])
        .where('store_group_id', 'is not', null)
        .where('revoked_at_ms', 'is', null)
        .$narrowType<{ store_group_id: string }>();
      const some = storeGroupIds && placed.where(dialect.oneOf('store_group_id', storeGroupIds));
      const rows = await (some ?? placed).execute();
      return rows.map((row) => ({
        storeGroupId: row.store_group_id,
        enrolledAtMs: row.enrolled_at_ms,
        board: boardOf({ settings: JSON.parse(row.settings), report: reportOf(row) }),
      }));
    },

    async heardInGroups(storeGroupIds) {
      const rows = await db
        .selectFrom('signs')
        .select(({ ref }) => [
          'id',
          ref('store_group_id').$notNull().as('group'),
          ref('heard_at_ms').$notNull().as('heardAtMs'),
          'address',
        ])
        .where(dialect.oneOf('store_group_id', storeGroupIds))
        .where('revoked_at_ms', 'is', null)
        .where('heard_at_ms', 'is not', null)
        .execute();
      return rows.map(({ id, group, heardAtMs, address }) => ({
        ...{ signId: id, storeGroupId: group, heardAtMs },
        address: address === null ? null : textOf(address),
      }));
    },

    async silentSigns(heardBeforeMs) {
      const placed = () =>
        db
          .selectFrom('signs')
          .selectAll()
          .where('store_group_id', 'is not', null)
          .where('revoked_at_ms', 'is', null);
      // Each half has an index of its own; of a bound value the second would not be found.
      const isDark = raw<boolean>`state = 'dark'`;
      const rows = await placed()
        .where('heard_at_ms', '<', heardBeforeMs)
        .unionAll(placed().where(isDark))
        .execute();
      const once = [...new Map(rows.map((row) => [row.id, row])).values()];
      return once.toSorted((one, other) => (one.id < other.id ? -1 : 1)).map(signOf);
    },

    async assign(signId, storeGroupId) {
      await removeScreenshot(sql, signId);
      return change(signId, { store_group_id: storeGroupId });
    },

    // JSON is no free text: `JSON.stringify` writes a NUL and half a surrogate pair as escapes.
    describe: (signId, { name, settings }) =>
      change(signId, { name: columnOf(name), settings: JSON.stringify(settings) }),

    async keepReport({ signId, report, boots, heardAtMs, address, state, stateSinceMs }) {
      await change(signId, {
        report: JSON.stringify(report),
        ...(boots && { boots: JSON.stringify(boots) }),
        heard_at_ms: heardAtMs,
        address: address === null ? null : columnOf(address),
        state,
        state_since_ms: stateSinceMs,
      });
    },

    ...signEnds(sql),
    ...signNonces(sql),
  };
};

const newestFirst = (one: SignRow, other: SignRow): number =>
  other.enrolled_at_ms - one.enrolled_at_ms || (one.id < other.id ? -1 : 1);

const NEW_SIGN = {
  store_group_id: null,
  name: '',
  settings: JSON.stringify({ board: 'manager' } satisfies SignRecord['settings']),
  report: null,
  boots: '[]',
  heard_at_ms: null,
  address: null,
  state: 'unknown',
  revoked_at_ms: null,
  replaced_by: null,
} satisfies Partial<SignRow>;

const reportOf = ({ report }: Pick<SignRow, 'report'>): SignRecord['report'] =>
  report === null ? null : JSON.parse(report);

const signOf = (row: SignRow): SignRecord => ({
  signId: row.id,
  publicKey: { kty: 'EC', crv: 'P-256', x: row.key_x, y: row.key_y },
  storeGroupId: row.store_group_id,
  enrolledAtMs: row.enrolled_at_ms,
  name: textOf(row.name),
  settings: JSON.parse(row.settings),
  placeId: row.place_id,
  report: reportOf(row),
  boots: JSON.parse(row.boots),
  heardAtMs: row.heard_at_ms,
  address: row.address === null ? null : textOf(row.address),
  state: row.state,
  stateSinceMs: row.state_since_ms,
  revokedAtMs: row.revoked_at_ms,
  replacedBy: row.replaced_by,
});
