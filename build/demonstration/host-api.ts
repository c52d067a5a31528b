import * as z from 'zod';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { type PersonRequest, peopleSchema, personMadeSchema } from '../../cloud/contracts/person.ts';
import { signListSchema } from '../../cloud/contracts/sign.ts';
import { snapshotSchema } from '../../cloud/contracts/snapshot.ts';
import { type StoreDescriptionInput, storeKeptSchema } from '../../cloud/contracts/store-description.ts';

const ANSWER_WITHIN_MS = 5_000;

const storeSchema = z.object({ snapshot: snapshotSchema });

export class HostApiError extends Error {
  readonly code = 'ERR_HOST_API';
}

export type HostApi = ReturnType<typeof createHostApi>;

/** What the holder of the host key may do. Every call throws a HostApiError where the cloud does not do it. */
export function createHostApi(httpUrl: string, hostKey: string) {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    try {
      const response = await fetch(new URL(path, httpUrl), {
        method,
        headers: { 'x-functions-key': hostKey, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      if (response.ok) return await response.json();
      throw new HostApiError(`answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new HostApiError(`${method} ${path}: ${why}`, { cause });
    }
  };
  return {
    async putStore(storeId: string, description: StoreDescriptionInput) {
      return storeKeptSchema.parse(await call('PUT', API_PATHS.store(storeId), description));
    },
    /** Signs that have no place yet. */
    async waitingSigns(): Promise<readonly string[]> {
      const { signs } = signListSchema.parse(await call('GET', API_PATHS.signs));
      return signs.filter((sign) => sign.storeGroupId === null).map((sign) => sign.signId);
    },
    async people() {
      return peopleSchema.parse(await call('GET', API_PATHS.people));
    },
    /** Somebody who may see all stores; the key is told this once. */
    async makePerson(person: Omit<PersonRequest, 'storeIds'>) {
      return personMadeSchema.parse(await call('POST', API_PATHS.people, person));
    },
    async snapshot(storeId: string) {
      return storeSchema.parse(await call('GET', API_PATHS.store(storeId))).snapshot;
    },
  };
}
