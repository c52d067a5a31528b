import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { shelveRequestSchema } from '../contracts/alert.ts';
import { idSchema } from '../contracts/identifiers.ts';
import { shelved } from '../domain/shelving.ts';
import { changedStore } from '../domain/store-after.ts';
import { MINUTE_MS } from '../domain/store-state.ts';
import { answer, parsed, parsedBody, refusal } from './http-answers.ts';
import { keepReviewed } from './keep-reviewed.ts';
import { keepAudit } from './people/audit.ts';
import { type Caller, nameOf } from './people/caller.ts';
import type { Say } from './say.ts';
import type { Services } from './services.ts';

/** Somebody knows of it and wants to hear no more of it for a time, or again at once. */
export const shelve =
  ({ store, now }: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const storeId = parsed(request.params.storeId, idSchema);
    if (!storeId.ok) return refusal(404, 'unknown-store', 'no such store');
    const body = await parsedBody(request, shelveRequestSchema);
    if (!body.ok) return body.refusal;
    const { type, source, forMinutes, why } = body.value;
    const by = nameOf(caller, body.value.by);
    const kept = await store.transaction(async (tx) => {
      const [before] = await tx.counting.lockStores([storeId.value]);
      if (before === undefined) return 'unknown-store';
      const nowMs = now();
      const untilMs = forMinutes === 0 ? null : nowMs + forMinutes * MINUTE_MS;
      const after = shelved(before.alerts, { type, source, by, untilMs, why }, nowMs);
      if (after === undefined) return 'unknown-alert';
      // What was on no shelf cannot be taken from it.
      if (after.happenings.length > 0)
        await keepAudit(tx, { ...caller, name: by }, nowMs, {
          act: 'alert-shelved',
          subject: `store:${storeId.value}`,
          after: { type, source, untilMs, why },
        });
      const reviewed = changedStore(before, { ...before, alerts: after.alerts }, nowMs);
      const happenings = [...after.happenings, ...reviewed.happenings];
      const messages = await keepReviewed(tx, { ...reviewed, happenings }, store.epoch, nowMs);
      return { messages, untilMs };
    });
    if (kept === 'unknown-store') return refusal(404, kept, 'no such store');
    if (kept === 'unknown-alert') return refusal(404, kept, 'no such alert, or it is over', 'source');
    say(context, kept.messages);
    return answer({ storeId: storeId.value, type, source, by, untilMs: kept.untilMs, why });
  };
