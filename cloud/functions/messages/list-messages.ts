import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { ListedMessages } from '../../contracts/message.ts';
import { groupsSeenBy } from '../fleet/scope.ts';
import { answer } from '../http-answers.ts';
import type { Caller } from '../people/caller.ts';
import type { Services } from '../services.ts';
import { listedMessages } from './listed-messages.ts';

const MAX_LISTED = 100;

/** What was said to signs that a person sees, the newest first. */
export const listMessages =
  ({ store, now }: Services) =>
  async (_request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const nowMs = now();
    const messages = await store.look(async (tx) => {
      const newest = await tx.messages.newest(await groupsSeenBy(tx, caller), MAX_LISTED);
      return listedMessages(tx, newest, caller);
    });
    return answer({ nowMs, messages } satisfies ListedMessages);
  };
