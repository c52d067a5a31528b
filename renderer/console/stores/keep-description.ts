import { API_PATHS } from '../../../cloud/contracts/http.ts';
import {
  type StoreDescriptionInput,
  type StoreKept,
  storeKeptSchema,
} from '../../../cloud/contracts/store-description.ts';
import { ask } from '../api/ask.ts';

/** @throws ApiProblem */
export const keepDescription = (storeId: string, body: StoreDescriptionInput): Promise<StoreKept> =>
  ask(storeKeptSchema, API_PATHS.store(storeId), { method: 'PUT', body });
