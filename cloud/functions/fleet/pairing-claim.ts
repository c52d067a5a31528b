import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { type Paired, type PairingClaim, pairingClaimSchema } from '../../contracts/pairing.ts';
import { signSettingsSchema } from '../../contracts/sign-report.ts';
import type { SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import { answer, type Parsed, parsedBody, refusal } from '../http-answers.ts';
import { assignmentMessage, type HubMessage } from '../hub-messages.ts';
import type { Caller } from '../people/caller.ts';
import { placeSign } from '../place-sign.ts';
import type { Say } from '../say.ts';
import type { Services } from '../services.ts';
import { fleetMessages, nudgeMessage } from './fleet-messages.ts';
import { awaitReport, isHeard, placeAnew } from './move-sign.ts';
import { mayChangeGroup, NOT_ALL_YOURS } from './scope.ts';
import { shutOut } from './shut-out.ts';
import { triedCode } from './tried-code.ts';

type Claimed = Paired & { readonly replaced: string | null; readonly messages: readonly HubMessage[] };
type New = Extract<PairingClaim, { name: string }>;

/** Gives the sign that shows a code its place: a new one, or that of a sign which it replaces. */
export const pairingClaim =
  (services: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const body = await parsedBody(request, pairingClaimSchema);
    if (!body.ok) return body.refusal;
    const claim = body.value;
    const nowMs = services.now();
    const claimed = await services.store.transaction(async (tx): Promise<Parsed<Claimed>> => {
      const tried = await triedCode(tx, claim.code, caller, nowMs);
      if (!tried.ok) return tried;
      const { sign } = tried.value;
      return 'replaces' in claim
        ? replace(tx, sign, claim.replaces, caller, nowMs)
        : pair(tx, sign, claim, caller, nowMs);
    });
    if (!claimed.ok) return claimed.refusal;
    const { signId, storeGroupId, replaced, messages } = claimed.value;
    say(context, messages);
    const isPlaced = await isHeard(placeSign(services, signId));
    const isShutOut = replaced === null || (await isHeard(shutOut(services, replaced)));
    if (!isPlaced || !isShutOut) return refusal(503, 'unavailable', whatIsLeft(isPlaced, replaced));
    return answer({ signId, storeGroupId } satisfies Paired);
  };

async function pair(
  tx: Transaction,
  sign: SignRecord,
  { name, storeGroupId, settings }: New,
  caller: Caller,
  nowMs: number,
): Promise<Parsed<Claimed>> {
  const { signId } = sign;
  if (!(await tx.structure.storeGroupExists(storeGroupId)))
    return no(404, 'unknown-store-group', 'no store is in this group', 'storeGroupId');
  if (!(await mayChangeGroup(tx, caller, storeGroupId))) return no(403, 'not-allowed', NOT_ALL_YOURS);
  const description = { name, settings: settings ?? signSettingsSchema.parse({}) };
  await placeAnew(tx, sign, storeGroupId, nowMs);
  await tx.signs.describe(signId, description);
  await tx.audit.add({
    atMs: nowMs,
    by: caller.name,
    personId: caller.personId,
    act: 'sign-paired',
    subject: `sign:${signId}`,
    before: null,
    after: { ...description, storeGroupId },
  });
  const messages = [
    assignmentMessage(signId, { storeGroupId }),
    nudgeMessage(signId),
    ...(await fleetMessages(tx, [signId], nowMs)),
  ];
  return { ok: true, value: { signId, storeGroupId, replaced: null, messages } };
}

async function replace(
  tx: Transaction,
  sign: SignRecord,
  replaces: string,
  caller: Caller,
  nowMs: number,
): Promise<Parsed<Claimed>> {
  const { signId } = sign;
  const old = await tx.signs.sign(replaces);
  if (old === undefined) return no(404, 'unknown-sign', 'no such sign', 'replaces');
  if (old.revokedAtMs !== null) return no(409, 'sign-revoked', 'that sign was revoked already', 'replaces');
  const { storeGroupId, name, settings } = old;
  if (!(await mayChangeGroup(tx, caller, storeGroupId))) return no(403, 'not-allowed', NOT_ALL_YOURS);
  if (storeGroupId === null) return no(409, 'bad-request', 'that sign has no place to take over', 'replaces');
  await tx.signs.replace({ signId: replaces, bySignId: signId, atMs: nowMs });
  await tx.pairing.spend(signId);
  await awaitReport(tx, sign, nowMs);
  await tx.audit.add({
    atMs: nowMs,
    by: caller.name,
    personId: caller.personId,
    act: 'sign-replaced',
    subject: `sign:${replaces}`,
    before: { signId: replaces, name, storeGroupId, settings },
    after: { signId, name, storeGroupId, settings },
  });
  const messages = [
    assignmentMessage(signId, { storeGroupId }),
    nudgeMessage(signId),
    assignmentMessage(replaces, { storeGroupId: null }),
    ...(await fleetMessages(tx, [signId, replaces], nowMs, new Map([[replaces, storeGroupId]]))),
  ];
  return { ok: true, value: { signId, storeGroupId, replaced: replaces, messages } };
}

const no = (...refused: Parameters<typeof refusal>) => ({ ok: false, refusal: refusal(...refused) }) as const;

/** The code is spent by now, so it is said what to do instead. */
const whatIsLeft = (isPlaced: boolean, replaced: string | null): string =>
  isPlaced
    ? `the sign is paired, the push service still knows the old one: revoke ${replaced} again`
    : 'the sign is paired, the push service does not know it yet: assign it to its group again';
