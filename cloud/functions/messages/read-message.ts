import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { answer } from '../http-answers.ts';
import type { Caller } from '../people/caller.ts';
import type { Services } from '../services.ts';
import { listedMessages } from './listed-messages.ts';
import { messageAsked } from './message-asked.ts';
import { messageReceipts } from './message-receipts.ts';

/** A message with the signs that painted it, and those that did not and why. */
export const readMessage =
  ({ store, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const nowMs = now();
    return store.look(async (tx) => {
      const asked = await messageAsked(tx, request, caller);
      if (!asked.ok) return asked.refusal;
      const [message] = await listedMessages(tx, [asked.value], caller);
      return answer({ nowMs, message, signs: await messageReceipts(tx, asked.value, caller, nowMs) });
    });
  };
