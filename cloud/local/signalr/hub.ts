import type { Logger } from 'pino';
import { USER_GROUP_LIFETIME_MS, type UserGroups } from '../state/user-groups.ts';
import { deliverLetters, type Receiver } from './deliver-letters.ts';
import { type Audience, HubMembers, type Member } from './hub-members.ts';
import { type CloseReason, invocationRecord } from './hub-protocol.ts';
import { isGroupName } from './names.ts';
import { Outbox } from './outbox.ts';
import { SignalRError } from './signalr-error.ts';
import type { SignalRLimits } from './signalr-limits.ts';
import type { SignalRGroupAction, SignalRMessage } from './signalr-message.ts';

export type HubOptions = {
  readonly userGroups: UserGroups;
  readonly limits: Pick<SignalRLimits, 'mergedCharacters'>;
  readonly now: () => number;
  readonly log: Pick<Logger, 'error'>;
};

/** What a hub needs of a connection. */
export type HubConnection = Member & Receiver & { end(reason: CloseReason): void };

/** One hub: its open connections, what they are told, and the groups of their users. */
export class Hub {
  readonly name: string;
  readonly #userGroups: UserGroups;
  readonly #now: () => number;
  readonly #members = new HubMembers<HubConnection>();
  readonly #outbox: Outbox;

  constructor(name: string, { userGroups, limits, now, log }: HubOptions) {
    this.name = name;
    this.#userGroups = userGroups;
    this.#now = now;
    this.#outbox = new Outbox({
      deliver: (letters) => deliverLetters(letters, (audience) => this.#members.of(audience)),
      failed: (cause) => log.error({ err: cause, hub: name }, 'messages could not be delivered'),
      mergedCharacters: limits.mergedCharacters,
    });
  }

  /** Throws TypeError if the arguments cannot be JSON. `excluded`: connection ids that do not hear it. */
  send(message: SignalRMessage, excluded?: ReadonlySet<string>): void {
    this.#outbox.add(audienceOf(message), invocationRecord(message), excluded);
  }

  join(connection: HubConnection): void {
    // What was said before is not for who comes now.
    this.#outbox.flush();
    this.#members.add(connection);
    const { userId } = connection.client;
    if (userId === undefined) return;
    for (const group of this.#userGroups.groupsOf(this.name, userId, this.#now())) {
      this.#members.enter(connection, group);
    }
  }

  leave(connection: HubConnection): void {
    this.#members.remove(connection);
  }

  /** As the output binding does: a connection goes before a user, and `removeAll` is for users only. */
  async act({ action, connectionId, userId, groupName = '' }: SignalRGroupAction): Promise<void> {
    if (action !== 'removeAll' && !isGroupName(groupName)) {
      throw new SignalRError('ERR_SIGNALR_NAME', `'${groupName}' is no name for a group`);
    }
    if (connectionId) {
      if (action === 'add') this.addConnection(connectionId, groupName);
      if (action === 'remove') this.removeConnection(connectionId, groupName);
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

  /** Until the connection ends. False if there is no such connection. */
  addConnection(connectionId: string, groupName: string): boolean {
    const connections = this.#change({ kind: 'connection', name: connectionId });
    for (const connection of connections) this.#members.enter(connection, groupName);
    return connections.length > 0;
  }

  /** False if there is no such connection; one that was not in the group is now as out of it as was asked for. */
  removeConnection(connectionId: string, groupName: string): boolean {
    const connections = this.#change({ kind: 'connection', name: connectionId });
    for (const connection of connections) this.#members.exit(connection, groupName);
    return connections.length > 0;
  }

  removeConnectionFromAll(connectionId: string): void {
    this.#exitAll(this.#change({ kind: 'connection', name: connectionId }));
  }

  /** Resolves once the membership will outlive the process; with `ttlSeconds` 0 it is one of the open connections only. */
  async addUser(userId: string, groupName: string, ttlSeconds?: number): Promise<void> {
    for (const connection of this.#change({ kind: 'user', name: userId })) {
      this.#members.enter(connection, groupName);
    }
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
    this.#exitAll(this.#change({ kind: 'user', name: userId }));
    await this.#userGroups.removeAll(this.name, userId);
  }

  /** Takes the user's open connections out of a group; what is remembered of the user stays. */
  exitUser(userId: string, groupName: string): void {
    for (const connection of this.#change({ kind: 'user', name: userId })) {
      this.#members.exit(connection, groupName);
    }
  }

  /** Whether any open connection belongs to the audience. */
  has(audience: Audience): boolean {
    return this.#members.of(audience).length > 0;
  }

  userIsIn(userId: string, groupName: string): boolean {
    return (
      this.#members.of({ kind: 'user', name: userId }).some(({ groups }) => groups.has(groupName)) ||
      this.#userGroups.groupsOf(this.name, userId, this.#now()).includes(groupName)
    );
  }

  /** How many connections were told to go. */
  close(audience: Audience, reason: CloseReason, excluded?: ReadonlySet<string>): number {
    // A copy: who is told to go may leave at once.
    const connections = this.#change(audience).filter(({ connectionId }) => !excluded?.has(connectionId));
    for (const connection of connections) connection.end(reason);
    return connections.length;
  }

  /** Who is about to be changed, after everything said before has reached them. */
  #change(audience: Audience): readonly HubConnection[] {
    this.#outbox.flush();
    return this.#members.of(audience);
  }

  #exitAll(connections: readonly HubConnection[]): void {
    for (const connection of connections) {
      for (const group of [...connection.groups]) this.#members.exit(connection, group);
    }
  }
}

/** connectionId > userId > groupName > everyone, as the output binding decides; what is empty is not there. */
function audienceOf({ connectionId, userId, groupName }: SignalRMessage): Audience {
  if (connectionId) return { kind: 'connection', name: connectionId };
  if (userId) return { kind: 'user', name: userId };
  if (groupName) return { kind: 'group', name: groupName };
  return { kind: 'everyone' };
}
