import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { PulledCommands } from '../../contracts/sign-report.ts';
import { answer, type Parsed } from '../http-answers.ts';
import type { Services } from '../services.ts';
import { admitted, signOfSession } from './sign-of-session.ts';

/** What is left over waits for the next time that the sign asks. */
const MAX_PULLED_COMMANDS = 20;

/** What the calling sign is to do. A command waits until a receipt says otherwise, or its time is over. */
export const pulledCommands =
  (services: Services) =>
  async (request: HttpRequest, _context: InvocationContext): Promise<HttpResponseInit> => {
    const signId = await signOfSession(services, request);
    if (!signId.ok) return signId.refusal;
    const nowMs = services.now();
    const pulled = await services.store.look(async (tx): Promise<Parsed<PulledCommands>> => {
      const sign = admitted(await tx.signs.sign(signId.value));
      if (!sign.ok) return sign;
      const waiting = await tx.commands.waiting(sign.value.placeId, nowMs, MAX_PULLED_COMMANDS);
      const commands = waiting.map(({ commandId, kind, expiresAtMs }) => ({
        commandId,
        kind,
        expiresInMs: expiresAtMs - nowMs,
      }));
      return { ok: true, value: { commands } };
    });
    return pulled.ok ? answer(pulled.value) : pulled.refusal;
  };
