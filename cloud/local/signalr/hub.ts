import { USER_GROUP_LIFETIME_MS, type UserGroups } from '../state/user-groups.ts';
import { type Audience, HubMembers } from './hub-members.ts';
import { type CloseReason, invocationRecord } from './hub-protocol.ts';
import { isGroupName } from './names.ts';
import { Outbox } from './outbox.ts';
import type { SignalRConnection } from './signalr-connection.ts';
import { SignalRError } from './signalr-error.ts';
import type { SignalRLimits } from './signalr-limits.ts';
import type { SignalRGroupAction, SignalRMessage } from './signalr-message.ts';
import { textFrame } from './text-frame.ts';

export type HubOptions = {
  readonly userGroups: UserGroups;
  readonly limits: SignalRLimits;
  readonly now: () => number;
};

/** One hub: its open connections, what they are told, and the groups of their users. */
export class Hub {
  readonly name: string;
  readonly #userGroups: UserGroups;
  readonly #now: () => number;
  readonly #members = new HubMembers<SignalRConnection>();
  readonly #outbox: Outbox;

  constructor(name: string, { userGroups, limits, now }: HubOptions) {
    this.name = name;
    this.#userGroups = userGroups;
    this.#now = now;
    this.#outbox = new Outbox({
      deliver: (audience, records) => this.#deliver(audience, records),
      mergedCharacters: limits.mergedCharacters,
    });
  }

  /** Throws TypeError if the arguments cannot be JSON. */
  send(message: SignalRMessage): void {
    this.#outbox.add(audienceOf(message), invocationRecord(message));
  }

  join(connection: SignalRConnection): void {
    this.#members.add(connection);
    const { userId } = connection.client;
    if (userId === undefined) return;
    for (const group of this.#userGroups.groupsOf(this.name, userId, this.#now())) {
      this.#members.enter(connection, group);
    }
  }

  leave(connection: SignalRConnection): void {
    this.#members.remove(connection);
  }

  /** As the output binding does: a connection goes before a user, and `removeAll` is for users only. */
  async act({ action, connectionId, userId, groupName = '' }: SignalRGroupAction): Promise<void> {
    if (action !== 'removeAll' && !isGroupName(groupName)) {
      throw new SignalRError('ERR_SIGNALR_NAME', `'${groupName}' is no name for a group`);
    }
    if (connectionId) {
      const connections = this.#change({ kind: 'connection', name: connectionId });
      if (action === 'add') this.#enter(connections, groupName);
      if (action === 'remove') this.#exit(connections, groupName);
    } else if (!userId) {
      throw new SignalRError('ERR_SIGNALR_ACTION', `'${action}' names neither a connection nor a user`);
    } else if (action === 'add') {
      await this.addUser(userId, groupName);
    } else if (action === 'remove') {
      await this.removeUser(userId, groupName);
    } else {
      await this.removeUserFromAll(userId);
    }
  }

  /** Resolves once the membership will outlive the process; with `ttlSeconds` 0 it is one of the open connections only. */
  async addUser(userId: string, groupName: string, ttlSeconds?: number): Promise<void> {
    this.#enter(this.#change({ kind: 'user', name: userId }), groupName);
    if (ttlSeconds === 0) return;
    const nowMs = this.#now();
    const lifetimeMs = ttlSeconds === undefined ? USER_GROUP_LIFETIME_MS : ttlSeconds * 1_000;
    await this.#userGroups.add(
      { hub: this.name, userId, groupName },
      { nowMs, expiresAtMs: nowMs + lifetimeMs },
    );
  }

  async removeUser(userId: string, groupName: string): Promise<void> {
    this.exitUser(userId, groupName);
    await this.#userGroups.remove({ hub: this.name, userId, groupName });
  }

  async removeUserFromAll(userId: string): Promise<void> {
    for (const connection of this.#change({ kind: 'user', name: userId })) {
      for (const group of [...connection.groups]) this.#members.exit(connection, group);
    }
    await this.#userGroups.removeAll(this.name, userId);
  }

  /** Takes the user's open connections out of a group; what is remembered of the user stays. */
  exitUser(userId: string, groupName: string): void {
    this.#exit(this.#change({ kind: 'user', name: userId }), groupName);
  }

  hasUser(userId: string): boolean {
    return this.#members.of({ kind: 'user', name: userId }).length > 0;
  }

  userIsIn(userId: string, groupName: string): boolean {
    return (
      this.#members.of({ kind: 'user', name: userId }).some(({ groups }) => groups.has(groupName)) ||
      this.#userGroups.groupsOf(this.name, userId, this.#now()).includes(groupName)
    );
  }

  /** How many connections were told to go. */
  close(audience: Audience, reason: CloseReason): number {
    const connections = this.#change(audience);
    for (const connection of connections) connection.end(reason);
    return connections.length;
  }

  #deliver(audience: Audience, records: string): void {
    const connections = this.#members.of(audience);
    if (connections.length === 0) return;
    const frame = textFrame(records);
    for (const connection of connections) connection.send(frame);
  }

  /** Who is about to be changed, after everything said before has reached them. */
  #change(audience: Audience): readonly SignalRConnection[] {
    this.#outbox.flush();
    return this.#members.of(audience);
  }

  #enter(connections: readonly SignalRConnection[], group: string): void {
    for (const connection of connections) this.#members.enter(connection, group);
  }

  #exit(connections: readonly SignalRConnection[], group: string): void {
    for (const connection of connections) this.#members.exit(connection, group);
  }
}

/** connectionId > userId > groupName > everyone, as the output binding decides; what is empty is not there. */
function audienceOf({ connectionId, userId, groupName }: SignalRMessage): Audience {
  if (connectionId) return { kind: 'connection', name: connectionId };
  if (userId) return { kind: 'user', name: userId };
  if (groupName) return { kind: 'group', name: groupName };
  return { kind: 'everyone' };
}
