import { DenseSet } from './dense-set.ts';

export type Member = {
  readonly connectionId: string;
  readonly client: { readonly userId: string | undefined };
  readonly groups: Set<string>;
};

/** To whom a message goes. */
export type Audience =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'connection' | 'user' | 'group'; readonly name: string };

/** Who is connected to one hub, as whom and in which groups; every audience is a dense array, ready to be walked. */
export class HubMembers<M extends Member> {
  readonly #everyone = new DenseSet<M>();
  readonly #connections = new Map<string, M>();
  readonly #users = new Map<string, DenseSet<M>>();
  readonly #groups = new Map<string, DenseSet<M>>();

  add(member: M): void {
    this.#everyone.add(member);
    this.#connections.set(member.connectionId, member);
    if (member.client.userId !== undefined) addTo(this.#users, member.client.userId, member);
  }

  remove(member: M): void {
    for (const group of [...member.groups]) this.exit(member, group);
    this.#everyone.delete(member);
    this.#connections.delete(member.connectionId);
    if (member.client.userId !== undefined) deleteFrom(this.#users, member.client.userId, member);
  }

  enter(member: M, group: string): void {
    member.groups.add(group);
    addTo(this.#groups, group, member);
  }

  exit(member: M, group: string): void {
    member.groups.delete(group);
    deleteFrom(this.#groups, group, member);
  }

  connection(connectionId: string): M | undefined {
    return this.#connections.get(connectionId);
  }

  /** The members as they are now: to be walked at once, not kept. */
  of(audience: Audience): readonly M[] {
    switch (audience.kind) {
      case 'everyone':
        return this.#everyone.items;
      case 'connection': {
        const member = this.#connections.get(audience.name);
        return member === undefined ? [] : [member];
      }
      case 'user':
        return this.#users.get(audience.name)?.items ?? [];
      case 'group':
        return this.#groups.get(audience.name)?.items ?? [];
      default:
        return audience satisfies never;
    }
  }
}

function addTo<M>(sets: Map<string, DenseSet<M>>, name: string, member: M): void {
  const set = sets.get(name) ?? new DenseSet<M>();
  set.add(member);
  sets.set(name, set);
}

function deleteFrom<M>(sets: Map<string, DenseSet<M>>, name: string, member: M): void {
  const set = sets.get(name);
  if (set?.delete(member) === true && set.items.length === 0) sets.delete(name);
}
