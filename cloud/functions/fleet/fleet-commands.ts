import { randomUUID } from 'node:crypto';
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { type BulkAnswer, commandRequestSchema } from '../../contracts/fleet.ts';
import type { CommandRecord } from '../../store/fleet-port.ts';
import { answer, parsedBody } from '../http-answers.ts';
import type { Caller } from '../people/caller.ts';
import type { Say } from '../say.ts';
import type { Services } from '../services.ts';
import { fleetMessages, nudgeMessages } from './fleet-messages.ts';
import { recordsOf, refusedOf, signsAsked } from './signs-asked.ts';

/** Keeps a command for each of these signs and nudges them; each pulls its own. */
export const fleetCommands =
  ({ store, now }: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const body = await parsedBody(request, commandRequestSchema);
    if (!body.ok) return body.refusal;
    const { signIds, kind, withinSeconds } = body.value;
    const kept = await store.transaction(async (tx) => {
      const nowMs = now();
      const asked = await signsAsked(tx, signIds, caller);
      const signs = recordsOf(asked);
      const commands = signs.map(
        ({ placeId }): CommandRecord => ({
          commandId: randomUUID(),
          placeId,
          kind,
          by: caller.name,
          askedAtMs: nowMs,
          expiresAtMs: nowMs + withinSeconds * 1_000,
          status: 'waiting',
          statusAtMs: nowMs,
          why: '',
        }),
      );
      await tx.commands.add(commands);
      for (const [at, { signId }] of signs.entries()) {
        await tx.audit.add({
          atMs: nowMs,
          by: caller.name,
          personId: caller.personId,
          act: 'sign-commanded',
          subject: `sign:${signId}`,
          before: null,
          after: { commandId: commands[at]?.commandId, kind, withinSeconds },
        });
      }
      const told = signs.map(({ signId }) => signId);
      return { asked, messages: [...nudgeMessages(told), ...(await fleetMessages(tx, told, nowMs))] };
    });
    say(context, kept.messages);
    const results = [...kept.asked.keys()].map((signId) => ({
      signId,
      refused: refusedOf(kept.asked, signId),
    }));
    return answer({ results } satisfies BulkAnswer);
  };
