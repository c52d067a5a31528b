import type { HttpResponseInit, InvocationContext } from '@azure/functions';
import { answer, refusal } from './http-answers.ts';
import type { LazyServices } from './services.ts';

/** Whether the cloud can count right now: it can if it can reach its database. */
export const health =
  (services: LazyServices) =>
  async (_request: unknown, context: InvocationContext): Promise<HttpResponseInit> => {
    try {
      const { store } = await services.get();
      await store.look((tx) => tx.structure.storeGroupExists('-'));
      return answer({ status: 'ok', database: store.engine, epoch: store.epoch });
    } catch (error) {
      context.error('health:', error);
      return refusal(503, 'unavailable', 'the database cannot be reached');
    }
  };
