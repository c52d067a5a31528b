/** Whose something is: a user's of a hub, or nobody's that is known. */
export type Holder = { readonly hub: string; readonly userId: string | undefined };

/** What each user of each hub holds, the oldest first. What is nobody's is only counted. */
export class UserHoldings<T> {
  readonly #hubs = new Map<string, Map<string, T[]>>();
  #anonymous = 0;

  get anonymous(): number {
    return this.#anonymous;
  }

  /** All that its holder has now: to be looked at at once, not kept. */
  add({ hub, userId }: Holder, item: T): readonly T[] {
    if (userId === undefined) {
      this.#anonymous += 1;
      return [];
    }
    const users = this.#hubs.get(hub) ?? new Map<string, T[]>();
    this.#hubs.set(hub, users);
    const held = users.get(userId);
    if (held !== undefined) {
      held.push(item);
      return held;
    }
    const first = [item];
    users.set(userId, first);
    return first;
  }

  /** For what was added, once. */
  delete({ hub, userId }: Holder, item: T): void {
    if (userId === undefined) {
      this.#anonymous -= 1;
      return;
    }
    const users = this.#hubs.get(hub);
    const held = users?.get(userId);
    if (users === undefined || held === undefined) return;
    const place = held.indexOf(item);
    if (place >= 0) held.splice(place, 1);
    if (held.length === 0) users.delete(userId);
    if (users.size === 0) this.#hubs.delete(hub);
  }
}
