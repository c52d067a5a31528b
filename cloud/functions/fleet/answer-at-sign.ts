import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { byAtSign } from '../../contracts/alert.ts';
import { fingerprintOf } from '../../contracts/pairing.ts';
import { type AnswerAtSign, answerAtSignSchema } from '../../contracts/sign-report.ts';
import type { SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import { answerAlerts } from '../answer-alerts.ts';
import { answer, type Parsed, refusal } from '../http-answers.ts';
import type { HubMessage } from '../hub-messages.ts';
import { keyOnGlass } from '../key-on-glass.ts';
import type { Say } from '../say.ts';
import type { Services } from '../services.ts';
import { admitted, signOfSession } from './sign-of-session.ts';
import { smallBody } from './small-body.ts';

const NOT_ALLOWED =
  'alerts are not answered at this sign: choose it in the console, under Signs, where it says Answering alerts at the sign';

/** Whoever stands before the sign answers for an alert on its glass. What comes twice is answered once. */
export const answerAtSign =
  (services: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const signId = await signOfSession(services, request);
    if (!signId.ok) return signId.refusal;
    const body = await smallBody(request, answerAtSignSchema);
    if (!body.ok) return body.refusal;
    const { store, now } = services;
    const kept = await store.transaction(async (tx): Promise<Parsed<Answered>> => {
      const sign = admitted(await tx.signs.sign(signId.value));
      if (!sign.ok) return sign;
      return answered(tx, sign.value, body.value, { epoch: store.epoch, now });
    });
    if (!kept.ok) return kept.refusal;
    const { by, messages } = kept.value;
    say(context, messages);
    return answer({ ...body.value, by });
  };

type Answered = { readonly by: string; readonly messages: readonly HubMessage[] };
type At = { readonly epoch: number; readonly now: () => number };

async function answered(
  tx: Transaction,
  sign: SignRecord,
  { storeId, alertKey }: AnswerAtSign,
  { epoch, now }: At,
): Promise<Parsed<Answered>> {
  const { signId, name, storeGroupId, settings, report } = sign;
  const storeIds = storeGroupId === null ? [] : await tx.structure.storeIdsOfGroup(storeGroupId);
  if (!storeIds.includes(storeId)) return refused(404, 'unknown-store', 'no such store on this sign');
  if (settings.answering !== 'here') return refused(403, 'not-allowed', NOT_ALLOWED);
  // Customers stand before the others.
  if (settings.board !== 'manager' || report?.painted?.board !== 'manager')
    return refused(403, 'not-allowed', 'alerts are answered only where the board for managers stands');
  const [before] = await tx.counting.lockStores([storeId]);
  if (before === undefined) return refused(404, 'unknown-store', 'no such store on this sign');
  const alerts = before.alerts.filter(
    (alert) =>
      alert.phase !== 'pending' && alert.shelved === undefined && keyOnGlass(alert, before) === alertKey,
  );
  const asks = alerts.filter(({ acknowledged }) => acknowledged === null);
  const first = alerts[0]?.acknowledged?.by;
  if (asks.length === 0 && first !== undefined) return { ok: true, value: { by: first, messages: [] } };
  const by = { personId: signId, name: byAtSign(name === '' ? fingerprintOf(signId) : name) };
  const messages =
    asks.length === 0 ? undefined : await answerAlerts(tx, before, { alerts: asks, by, epoch, nowMs: now() });
  if (messages === undefined)
    return refused(404, 'unknown-alert', 'no such alert, or it is over', 'alertKey');
  return { ok: true, value: { by: by.name, messages } };
}

const refused = (
  ...told: Parameters<typeof refusal>
): { readonly ok: false; readonly refusal: HttpResponseInit } => ({
  ok: false,
  refusal: refusal(...told),
});
