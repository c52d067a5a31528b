import type { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import type { HubConnection } from '../../cloud/local/signalr/hub.ts';
import { Hub } from '../../cloud/local/signalr/hub.ts';
import type { Outgoing } from '../../cloud/local/signalr/outgoing.ts';
import { createUserGroups, type UserGroups } from '../../cloud/local/state/user-groups.ts';

export const HUB_USERS = ['ana', 'bo'] as const;
export const HUB_GROUPS = ['a', 'b', 'c'] as const;
export const CONNECTIONS = 4;
/** Small, so that a few steps reach it. */
const GROUPS_KEPT = 2;
const RECORD_END = '\x1e';

/** Two of `ana`, one of `bo`, one of nobody. */
const userOf = (index: number) => ['ana', 'ana', 'bo'][index];

type TestConnection = HubConnection & { readonly heard: string[] };

function aConnection(index: number): TestConnection {
  const heard: string[] = [];
  return {
    connectionId: `c${index}`,
    client: { userId: userOf(index) },
    groups: new Set(),
    heard,
    send: ({ records }: Outgoing) => heard.push(...records.split(RECORD_END).slice(0, -1)),
    end: () => undefined,
  };
}

/** A hub on a database, with connections that only listen. */
export class RealHub {
  readonly #database: DatabaseSync;
  #userGroups: UserGroups;
  #hub: Hub;
  nowMs = 1_800_000_000_000;
  readonly open = new Map<number, TestConnection>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    [this.#hub, this.#userGroups] = this.#started();
  }

  #started(): [Hub, UserGroups] {
    const userGroups = createUserGroups(this.#database, GROUPS_KEPT);
    const limits = { mergedCharacters: 1_000 };
    const log = pino({ enabled: false });
    return [new Hub('signs', { userGroups, limits, log, now: () => this.nowMs }), userGroups];
  }

  get hub(): Hub {
    return this.#hub;
  }

  connect(index: number): void {
    const connection = aConnection(index);
    this.open.set(index, connection);
    this.#hub.join(connection);
  }

  disconnect(index: number): void {
    const connection = this.open.get(index);
    if (connection !== undefined) this.#hub.leave(connection);
    this.open.delete(index);
  }

  /** All that is not on the disk is gone. */
  restart(): void {
    this.open.clear();
    [this.#hub, this.#userGroups] = this.#started();
  }

  /** As the service's timer does after time has gone by. */
  wait(ms: number): void {
    this.nowMs += ms;
    for (const { userId, groupName } of this.#userGroups.takeExpired(this.nowMs)) {
      this.#hub.exitUser(userId, groupName);
    }
  }
}

type Kept = { readonly group: string; readonly untilMs: number | undefined };

/** What is to be true of a hub, in the fewest words: who is open, in which groups, and what is remembered of users. */
export class HubModel {
  readonly open = new Map<number, Set<string>>();
  /** What each open connection was told. */
  readonly heard = new Map<number, string[]>();
  /** By user, the oldest first. */
  readonly #kept = new Map<string, Kept[]>(HUB_USERS.map((user) => [user, []]));
  nowMs = 1_800_000_000_000;

  connect(index: number): void {
    this.open.set(index, new Set(this.#keptOf(userOf(index)).map(({ group }) => group)));
    this.heard.set(index, []);
  }

  say(words: string, isFor: (index: number, groups: ReadonlySet<string>) => boolean): void {
    for (const [index, groups] of this.open) if (isFor(index, groups)) this.heard.get(index)?.push(words);
  }

  disconnect(index: number): void {
    this.open.delete(index);
  }

  restart(): void {
    this.open.clear();
  }

  wait(ms: number): void {
    this.nowMs += ms;
    for (const user of HUB_USERS) {
      for (const { group, untilMs = Number.POSITIVE_INFINITY } of this.#keptOf(user)) {
        if (untilMs <= this.nowMs) this.removeUser(user, group);
      }
    }
  }

  addConnection(index: number, group: string): boolean {
    this.open.get(index)?.add(group);
    return this.open.has(index);
  }

  removeConnection(index: number, group: string): boolean {
    this.open.get(index)?.delete(group);
    return this.open.has(index);
  }

  removeConnectionFromAll(index: number): void {
    this.open.get(index)?.clear();
  }

  addUser(user: string, group: string, ttlSeconds?: number): void {
    for (const groups of this.#groupsOf(user)) groups.add(group);
    if (ttlSeconds === 0) return;
    const untilMs = ttlSeconds === undefined ? undefined : this.nowMs + ttlSeconds * 1_000;
    const kept = [...this.#keptOf(user).filter((one) => one.group !== group), { group, untilMs }];
    const tooMany = kept.filter((one) => one.untilMs === undefined).slice(0, -GROUPS_KEPT);
    this.#kept.set(
      user,
      kept.filter((one) => !tooMany.includes(one)),
    );
  }

  removeUser(user: string, group: string): void {
    for (const groups of this.#groupsOf(user)) groups.delete(group);
    this.#kept.set(
      user,
      this.#keptOf(user).filter((one) => one.group !== group),
    );
  }

  removeUserFromAll(user: string): void {
    for (const groups of this.#groupsOf(user)) groups.clear();
    this.#kept.set(user, []);
  }

  userIsIn(user: string, group: string): boolean {
    return (
      this.#groupsOf(user).some((groups) => groups.has(group)) ||
      this.#keptOf(user).some((one) => one.group === group)
    );
  }

  isOf(index: number, user: string): boolean {
    return userOf(index) === user;
  }

  #keptOf(user: string | undefined): readonly Kept[] {
    return (user === undefined ? undefined : this.#kept.get(user)) ?? [];
  }

  #groupsOf(user: string): readonly Set<string>[] {
    return [...this.open].filter(([index]) => userOf(index) === user).map(([, groups]) => groups);
  }
}
