import type { DatabaseSync } from 'node:sqlite';

/** How long a membership lives that was given no time of its own. */
export const USER_GROUP_LIFETIME_MS = 365 * 24 * 3_600_000;
/** Of a user's memberships without a time of their own only so many are kept, the newest. */
const GROUPS_A_USER = 100;

export type Membership = { readonly hub: string; readonly userId: string; readonly groupName: string };

/**
 * Which user is in which group, past the life of connections and processes.
 * Changes of one turn of the event loop share a transaction; their promises resolve once it is on the disk
 * and reject, all of them, if it is not.
 */
export type UserGroups = {
  add(membership: Membership, times: { readonly nowMs: number; readonly expiresAtMs: number }): Promise<void>;
  remove(membership: Membership): Promise<void>;
  removeAll(hub: string, userId: string): Promise<void>;
  /** In no promised order, without those that are over their time. */
  groupsOf(hub: string, userId: string, nowMs: number): readonly string[];
  /**
   * Forgets, and gives, the memberships whose own time has run out. Those with the default lifetime are only looked at
   * when a connection opens: a wrong clock that is set right must not empty the groups of open connections.
   */
  takeExpired(nowMs: number): readonly Membership[];
};

type Batch = {
  readonly changes: (() => void)[];
  readonly users: Set<string>;
  readonly done: PromiseWithResolvers<void>;
};

export function createUserGroups(database: DatabaseSync, groupsAUser = GROUPS_A_USER): UserGroups {
  const rows = userGroupRows(database, groupsAUser);
  let batch: Batch | undefined;
  let nextExpiryMs = rows.firstExpiry();

  const commit = () => {
    const due = batch;
    if (due === undefined) return;
    batch = undefined;
    try {
      inTransaction(database, () => {
        for (const change of due.changes) change();
      });
      due.done.resolve();
    } catch (cause) {
      due.done.reject(cause);
    }
  };
  const inNextCommit = (hub: string, userId: string, change: () => void): Promise<void> => {
    if (batch === undefined) {
      batch = { changes: [], users: new Set(), done: Promise.withResolvers() };
      setImmediate(commit);
    }
    batch.changes.push(change);
    batch.users.add(userKey(hub, userId));
    return batch.done.promise;
  };

  return {
    add: ({ hub, userId, groupName }, { nowMs, expiresAtMs }) => {
      nextExpiryMs = Math.min(nextExpiryMs, expiresAtMs);
      return inNextCommit(hub, userId, () => rows.put(hub, userId, groupName, nowMs, expiresAtMs));
    },
    remove: ({ hub, userId, groupName }) =>
      inNextCommit(hub, userId, () => rows.remove(hub, userId, groupName)),
    removeAll: (hub, userId) => inNextCommit(hub, userId, () => rows.removeAll(hub, userId)),
    groupsOf(hub, userId, nowMs) {
      if (batch?.users.has(userKey(hub, userId)) === true) commit();
      return rows.groupsOf(hub, userId, nowMs);
    },
    takeExpired(nowMs) {
      if (nowMs < nextExpiryMs) return [];
      commit();
      const expired = rows.takeExpired(nowMs);
      nextExpiryMs = rows.firstExpiry();
      return expired;
    },
  };
}

const userKey = (hub: string, userId: string) => `${hub}\n${userId}`;

function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('begin immediate');
  try {
    work();
    database.exec('commit');
  } catch (cause) {
    if (database.isTransaction) database.exec('rollback');
    throw cause;
  }
}

function userGroupRows(database: DatabaseSync, groupsAUser: number) {
  const timed = `expires_at_ms - added_at_ms <> ${USER_GROUP_LIFETIME_MS}`;
  // Replaced, not changed: a row that is put again gets a new rowid, so that rowids tell the order whatever clocks do.
  const put = database.prepare(
    'insert or replace into user_groups (hub, user_id, group_name, added_at_ms, expires_at_ms) values (?, ?, ?, ?, ?)',
  );
  const trim = database.prepare(
    `delete from user_groups where rowid in (
       select rowid from user_groups where hub = ? and user_id = ? and not (${timed})
       order by rowid desc limit -1 offset ?)`,
  );
  const remove = database.prepare('delete from user_groups where hub = ? and user_id = ? and group_name = ?');
  const removeAll = database.prepare('delete from user_groups where hub = ? and user_id = ?');
  const groupsOf = database.prepare(
    'select group_name from user_groups where hub = ? and user_id = ? and expires_at_ms > ?',
  );
  const firstExpiry = database.prepare(`select min(expires_at_ms) as at from user_groups where ${timed}`);
  const takeExpired = database.prepare(
    `delete from user_groups where ${timed} and expires_at_ms <= ?
     returning hub, user_id, group_name`,
  );
  return {
    put(hub: string, userId: string, groupName: string, nowMs: number, expiresAtMs: number): void {
      put.run(hub, userId, groupName, nowMs, expiresAtMs);
      trim.run(hub, userId, groupsAUser);
    },
    remove(hub: string, userId: string, groupName: string): void {
      remove.run(hub, userId, groupName);
    },
    removeAll(hub: string, userId: string): void {
      removeAll.run(hub, userId);
    },
    groupsOf: (hub: string, userId: string, nowMs: number): readonly string[] =>
      groupsOf.all(hub, userId, nowMs).map((row) => String(row.group_name)),
    /** Unix ms; never, if no membership has a time of its own. */
    firstExpiry(): number {
      const at = firstExpiry.get()?.at;
      return typeof at === 'number' ? at : Number.POSITIVE_INFINITY;
    },
    takeExpired: (nowMs: number): readonly Membership[] =>
      takeExpired.all(nowMs).map((row) => ({
        hub: String(row.hub),
        userId: String(row.user_id),
        groupName: String(row.group_name),
      })),
  };
}
