import type { Role } from '../../contracts/person.ts';

/** Who asks, once it is proven. `storeIds` null: all stores. */
export type Caller = {
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
  readonly storeIds: readonly string[] | null;
};

/** Whoever holds the owner's key: scripts, and the first start. */
export const OWNER_KEY_CALLER: Caller = {
  personId: 'p-owner-key',
  name: 'Owner key',
  role: 'admin',
  storeIds: null,
};

const RANK: Readonly<Record<Role, number>> = { viewer: 1, manager: 2, admin: 3 };

export const hasRole = (caller: Pick<Caller, 'role'>, atLeast: Role): boolean =>
  RANK[caller.role] >= RANK[atLeast];

export const maySee = ({ storeIds }: Pick<Caller, 'storeIds'>, storeId: string): boolean =>
  storeIds === null || storeIds.includes(storeId);

/** A person's own name always wins. The owner's key is nobody's: who uses it may say who they are. */
export const nameOf = (caller: Caller, by: string | undefined): string =>
  caller.personId === OWNER_KEY_CALLER.personId ? (by ?? caller.name) : caller.name;
