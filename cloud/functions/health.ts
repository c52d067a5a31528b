import type { HttpResponseInit, InvocationContext } from '@azure/functions';
import { StoreError } from '../store/store-error.ts';
import { answer, refusal } from './http-answers.ts';
import type { LazyServices } from './services.ts';

/** Whether the cloud can count right now: it can if it can reach its database, and write it. */
export const health =
  (services: LazyServices) =>
  async (_request: unknown, context: InvocationContext): Promise<HttpResponseInit> => {
    try {
      const { store } = await services.get();
      await store.look((tx) => tx.structure.storeGroupExists('-'));
      const trouble = await store.writeTrouble();
      if (trouble !== undefined) return refusal(503, 'unavailable', trouble);
      return answer({ status: 'ok', database: store.engine, epoch: store.epoch });
    } catch (error) {
      context.error('health:', error);
      return refusal(503, 'unavailable', sayable(error) ?? 'the database cannot be reached');
    }
  };

/** What is for anybody to read: a newer database, a full disk. There is no address or password in these. */
const sayable = (error: unknown): string | undefined =>
  error instanceof StoreError && (error.code === 'ERR_STORE_NEWER' || error.code === 'ERR_STORE_UNAVAILABLE')
    ? error.message
    : undefined;
