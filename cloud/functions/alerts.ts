import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { acknowledgeRequestSchema, type ListedAlert, listedAlertSchema } from '../contracts/alert.ts';
import { idSchema } from '../contracts/identifiers.ts';
import type { AlertState } from '../domain/store-state.ts';
import { answerAlerts } from './answer-alerts.ts';
import { answer, parsed, parsedBody, refusal } from './http-answers.ts';
import { withPainted } from './painted-alerts.ts';
import { type Caller, nameOf } from './people/caller.ts';
import type { Say } from './say.ts';
import type { Services } from './services.ts';

const MAX_LISTED_EVENTS = 500;

/** What asks for an answer in a store now, and what happened to its alerts so far. */
export const listAlerts =
  ({ store, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const storeId = parsed(request.params.storeId, idSchema);
    if (!storeId.ok) return refusal(404, 'unknown-store', 'no such store');
    const found = await store.look(async (tx) => {
      const [state] = await tx.counting.readStores([storeId.value]);
      if (state === undefined) return undefined;
      const asked = state.alerts.filter(({ phase }) => phase !== 'pending').map(listed);
      const alerts = await withPainted(tx, state, asked, caller, now());
      return { alerts, events: await tx.history.alertEvents(storeId.value, MAX_LISTED_EVENTS) };
    });
    return found === undefined ? refusal(404, 'unknown-store', 'no such store') : answer(found);
  };

/** What only the rules of an alert need stays here. */
const listed = (alert: AlertState): ListedAlert => listedAlertSchema.parse(alert);

/** Somebody has seen it and answers for it; the signs show who. */
export const acknowledge =
  ({ store, now }: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const storeId = parsed(request.params.storeId, idSchema);
    if (!storeId.ok) return refusal(404, 'unknown-store', 'no such store');
    const body = await parsedBody(request, acknowledgeRequestSchema);
    if (!body.ok) return body.refusal;
    const given = { ...body.value, by: nameOf(caller, body.value.by) };
    const messages = await store.transaction(async (tx) => {
      const [before] = await tx.counting.lockStores([storeId.value]);
      if (before === undefined) return 'unknown-store';
      const { type, source } = given;
      const by = { ...caller, name: given.by };
      const asked = { alerts: [{ type, source }], by, epoch: store.epoch, nowMs: now() };
      return (await answerAlerts(tx, before, asked)) ?? 'unknown-alert';
    });
    if (messages === 'unknown-store') return refusal(404, messages, 'no such store');
    if (messages === 'unknown-alert') return refusal(404, messages, 'no such alert, or it is over', 'source');
    say(context, messages);
    return answer({ storeId: storeId.value, ...given });
  };
