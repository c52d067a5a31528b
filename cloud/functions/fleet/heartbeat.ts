import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { type Heartbeat, type HeartbeatAnswer, heartbeatSchema } from '../../contracts/sign-report.ts';
import { bootsAfter, clonesOf } from '../../domain/clones.ts';
import { signStateOf } from '../../domain/sign-state.ts';
import type { SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import { answer, type Parsed } from '../http-answers.ts';
import type { HubMessage } from '../hub-messages.ts';
import { messagesOfSign } from '../messages/messages-of-sign.ts';
import type { Say } from '../say.ts';
import type { Services } from '../services.ts';
import { consoleAddress } from './console-address.ts';
import { fleetMessages } from './fleet-messages.ts';
import { keepPaintings } from './keep-paintings.ts';
import { stateNow } from './listed-signs.ts';
import { peerAddress } from './peer-address.ts';
import { presenceOf } from './presence-of.ts';
import { reportPaceOf } from './report-pace.ts';
import { admitted, signOfSession } from './sign-of-session.ts';
import { smallBody } from './small-body.ts';
import { type News, type ToldNews, toldNewsOf } from './told-news.ts';
import { tooMany } from './too-many.ts';

type Kept = {
  readonly answer: Omit<HeartbeatAnswer, 'consoleUrl'>;
  readonly isPlaced: boolean;
  readonly heardAtMs: number;
  readonly news: News;
  readonly messages: readonly HubMessage[];
};

/** A sign says what is on its glass, and hears how it is set and whether there is something to do. */
export const heartbeat =
  (services: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const signId = await signOfSession(services, request);
    if (!signId.ok) return signId.refusal;
    const waitSeconds = reportPaceOf(services.store).waitSeconds(signId.value, services.now());
    if (waitSeconds > 0) return tooMany('this sign reports too often', waitSeconds);
    const body = await smallBody(request, heartbeatSchema);
    if (!body.ok) return body.refusal;
    const told = toldNewsOf(services.store);
    const kept = await services.store.transaction(async (tx): Promise<Parsed<Kept>> => {
      // Only now: what people are told is put in order by it, and a transaction may have to wait for its turn.
      const heard = { report: body.value, heardAtMs: services.now(), address: peerAddress(request) };
      const sign = admitted(await tx.signs.sign(signId.value));
      return sign.ok ? { ok: true, value: await keep(tx, sign.value, heard, told) } : sign;
    });
    if (!kept.ok) return kept.refusal;
    const { isPlaced, news, messages, heardAtMs } = kept.value;
    if (told.mayTell({ signId: signId.value, isPlaced, news, nowMs: heardAtMs })) say(context, messages);
    const consoleUrl = consoleAddress(request.url);
    return answer({ ...kept.value.answer, consoleUrl } satisfies HeartbeatAnswer);
  };

type Heard = { readonly report: Heartbeat; readonly heardAtMs: number; readonly address: string | null };

async function keep(tx: Transaction, sign: SignRecord, heard: Heard, told: ToldNews): Promise<Kept> {
  const { signId, settings, name, placeId } = sign;
  const isPlaced = sign.storeGroupId !== null;
  // What came from one address counts against that one, wherever it reports from later.
  const address = isPlaced ? heard.address : (sign.address ?? heard.address);
  const { report, heardAtMs: nowMs } = heard;
  const presence = (await presenceOf(tx, [signId]))(signId);
  // What it came to meanwhile by time alone counts as what it was: a sign that was dark is fresh since now.
  const before = stateNow(sign, presence, nowMs);
  const after = signStateOf(
    { ...sign, ...heard, ...presence, stateBefore: before.state, stateSinceBeforeMs: before.sinceMs },
    nowMs,
  );
  const boots = bootsOf(sign, heard);
  const stateAfter = { state: after.state, stateSinceMs: after.sinceMs };
  await tx.signs.keepReport({ signId, ...heard, address, boots, ...stateAfter });
  await keepPaintings(tx, sign, report.painted, nowMs);
  const said = await messagesOfSign(tx, sign, report.painted, nowMs);
  const waiting = await tx.commands.waiting(placeId, nowMs, 1);
  const wasCloned = isCloned(sign.boots, sign.heardAtMs ?? nowMs);
  const news =
    after.state !== before.state || after.why !== before.why || isCloned(boots, nowMs) !== wasCloned
      ? 'state'
      : seenIn(report) !== seenIn(sign.report)
        ? 'seen'
        : 'none';
  const mayBeTold = news !== 'none' || told.isOwed(signId);
  return {
    answer: { settings, name, commandsWait: waiting.length > 0, messages: said },
    isPlaced,
    heardAtMs: nowMs,
    news,
    messages: mayBeTold ? await fleetMessages(tx, [signId], nowMs) : [],
  };
}

const bootsOf = ({ boots }: SignRecord, { report: { boot }, address, heardAtMs }: Heard) =>
  boot === undefined ? boots : bootsAfter(boots, { boot, address }, heardAtMs);

const isCloned = (boots: SignRecord['boots'], atMs: number): boolean => clonesOf(boots, atMs).length > 0;

/** What people who watch would see change: not each new count, of which the store itself tells. */
function seenIn(report: Heartbeat | null): string {
  if (report === null) return '';
  const { about, painted, transport } = report;
  // A figure ages and is renewed all the time.
  const freshness = painted?.freshness === 'ageing' ? 'live' : painted?.freshness;
  return JSON.stringify([
    about,
    transport,
    painted && [
      painted.kind,
      painted.storeGroupId,
      painted.storeId,
      freshness,
      painted.board,
      painted.asleep,
    ],
  ]);
}
