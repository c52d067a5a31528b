import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { idSchema } from '../contracts/identifiers.ts';
import { storeGroupDescriptionSchema } from '../contracts/store-group.ts';
import { answer, parsed, parsedBody, refusal } from './http-answers.ts';
import type { Services } from './services.ts';

/** Says what the stores of a group inherit; stores that say otherwise keep their own. */
export const keepStoreGroup =
  ({ store }: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const storeGroupId = parsed(request.params.storeGroupId, idSchema, 'storeGroupId');
    if (!storeGroupId.ok) return storeGroupId.refusal;
    const body = await parsedBody(request, storeGroupDescriptionSchema);
    if (!body.ok) return body.refusal;
    await store.transaction((tx) => tx.structure.putStoreGroup(storeGroupId.value, body.value));
    return answer({ storeGroupId: storeGroupId.value });
  };

export const readStoreGroup =
  ({ store }: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const storeGroupId = parsed(request.params.storeGroupId, idSchema);
    if (!storeGroupId.ok) return refusal(404, 'unknown-store-group', 'no such group');
    const found = await store.look(async (tx) => ({
      description: await tx.structure.storeGroupDescription(storeGroupId.value),
      storeIds: await tx.structure.storeIdsOfGroup(storeGroupId.value),
    }));
    if (found.description === undefined && found.storeIds.length === 0)
      return refusal(404, 'unknown-store-group', 'no such group');
    const description = found.description ?? { dailyReset: null };
    return answer({ storeGroupId: storeGroupId.value, description, storeIds: found.storeIds });
  };
