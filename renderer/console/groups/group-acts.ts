import { API_PATHS } from '../../../cloud/contracts/http.ts';
import type { StoreDescription } from '../../../cloud/contracts/store-description.ts';
import {
  type StoreGroupDescription,
  storeGroupDescriptionSchema,
} from '../../../cloud/contracts/store-group.ts';
import { anyAnswer, ask } from '../api/ask.ts';
import { keepDescription } from '../stores/keep-description.ts';
import { readDescription } from '../stores/store-setup.ts';

type Described = { readonly description?: unknown };

/** @throws ApiProblem */
export const readGroup = (storeGroupId: string): Promise<StoreGroupDescription> =>
  ask(
    { parse: (value) => storeGroupDescriptionSchema.parse((value as Described).description) },
    API_PATHS.storeGroup(storeGroupId),
  );

/** @throws ApiProblem */
export const keepGroup = (storeGroupId: string, body: StoreGroupDescription): Promise<unknown> =>
  ask(anyAnswer, API_PATHS.storeGroup(storeGroupId), { method: 'PUT', body });

export type Membership = { readonly joining: readonly string[]; readonly leaving: readonly string[] };

/** A group is what stores say they are in, so each store is kept anew, once it is sure that all can be. @throws Error */
export async function changeMembers(storeGroupId: string, { joining, leaving }: Membership): Promise<void> {
  const changed: (readonly [string, StoreDescription])[] = [];
  for (const storeId of [...joining, ...leaving]) {
    const store = await readDescription(storeId);
    const others = store.storeGroups.filter((group) => group !== storeGroupId);
    const storeGroups = joining.includes(storeId) ? [...others, storeGroupId] : others;
    if (storeGroups.length === 0)
      throw new Error(`${store.name} is in no other group. Put it into another one first.`);
    changed.push([storeId, { ...store, storeGroups }]);
  }
  for (const [storeId, store] of changed) await keepDescription(storeId, store);
}
