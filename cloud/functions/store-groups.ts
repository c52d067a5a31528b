import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { idSchema } from '../contracts/identifiers.ts';
import { storeGroupDescriptionSchema } from '../contracts/store-group.ts';
import { answer, parsed, parsedBody, refusal } from './http-answers.ts';
import { keepAudit } from './people/audit.ts';
import { type Caller, maySee } from './people/caller.ts';
import type { Services } from './services.ts';

/** Says what the stores of a group inherit; stores that say otherwise keep their own. */
export const keepStoreGroup =
  ({ store, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const storeGroupId = parsed(request.params.storeGroupId, idSchema, 'storeGroupId');
    if (!storeGroupId.ok) return storeGroupId.refusal;
    const body = await parsedBody(request, storeGroupDescriptionSchema);
    if (!body.ok) return body.refusal;
    const subject = `store-group:${storeGroupId.value}`;
    const after = body.value;
    await store.transaction(async (tx) => {
      const before = await tx.structure.storeGroupDescription(storeGroupId.value);
      await tx.structure.putStoreGroup(storeGroupId.value, after);
      await keepAudit(tx, caller, now(), { act: 'group-kept', subject, before, after });
    });
    return answer({ storeGroupId: storeGroupId.value });
  };

export const readStoreGroup =
  ({ store }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const storeGroupId = parsed(request.params.storeGroupId, idSchema);
    if (!storeGroupId.ok) return refusal(404, 'unknown-store-group', 'no such group');
    const found = await store.look(async (tx) => ({
      description: await tx.structure.storeGroupDescription(storeGroupId.value),
      storeIds: await tx.structure.storeIdsOfGroup(storeGroupId.value),
    }));
    const storeIds = found.storeIds.filter((storeId) => maySee(caller, storeId));
    if (storeIds.length === 0 && (found.description === undefined || caller.storeIds !== null))
      return refusal(404, 'unknown-store-group', 'no such group');
    const description = found.description ?? { dailyReset: null };
    return answer({ storeGroupId: storeGroupId.value, description, storeIds });
  };
