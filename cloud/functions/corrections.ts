import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { type CorrectionRequest, correctionRequestSchema } from '../contracts/correction.ts';
import { idSchema } from '../contracts/identifiers.ts';
import { storeAfter } from '../domain/store-after.ts';
import type { StoreState, ZoneState } from '../domain/store-state.ts';
import type { Transaction } from '../store/port.ts';
import { correctStore, type ZoneCorrection } from './correct-store.ts';
import { answer, parsed, parsedBody, refusal } from './http-answers.ts';
import type { HubMessage } from './hub-messages.ts';
import { keepReviewed } from './keep-reviewed.ts';
import { keepAudit } from './people/audit.ts';
import { type Caller, nameOf } from './people/caller.ts';
import type { Say } from './say.ts';
import type { Services } from './services.ts';

const MAX_LISTED = 500;
/** What the hub may still deliver is of the last seven days; a correction of an older time would not hold. */
const MAX_PAST_MS = 7 * 24 * 3_600_000;

type Refused = {
  readonly code: 'unknown-zone' | 'bad-request';
  readonly field: string;
  readonly message: string;
};

/** A person puts the count right; the signs show it at once, the readings stay as they are. */
export const correct =
  ({ store, now }: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const storeId = parsed(request.params.storeId, idSchema);
    if (!storeId.ok) return refusal(404, 'unknown-store', 'no such store');
    const body = await parsedBody(request, correctionRequestSchema);
    if (!body.ok) return body.refusal;
    const by = { personId: caller.personId, name: nameOf(caller, body.value.by) };
    const done = await store.transaction(async (tx) => {
      const [before] = await tx.counting.lockStores([storeId.value]);
      return before === undefined
        ? undefined
        : corrected(tx, before, body.value, by, { epoch: store.epoch, nowMs: now() });
    });
    if (done === undefined) return refusal(404, 'unknown-store', 'no such store');
    if ('field' in done) return refusal(400, done.code, `${done.field}: ${done.message}`, done.field);
    say(context, done.messages);
    return answer({ corrections: done.corrections });
  };

/** What was put right, the newest first. */
export const listCorrections =
  ({ store }: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const storeId = parsed(request.params.storeId, idSchema);
    if (!storeId.ok) return refusal(404, 'unknown-store', 'no such store');
    const corrections = await store.look(async (tx) => {
      const [state] = await tx.counting.readStores([storeId.value]);
      return state === undefined ? undefined : tx.history.corrections(storeId.value, MAX_LISTED);
    });
    return corrections === undefined
      ? refusal(404, 'unknown-store', 'no such store')
      : answer({ corrections });
  };

type By = Pick<Caller, 'personId' | 'name'>;

async function corrected(
  tx: Transaction,
  before: StoreState,
  request: CorrectionRequest,
  by: By,
  { epoch, nowMs }: { readonly epoch: number; readonly nowMs: number },
) {
  const wanted = zoneCorrections(before, request, by.name, nowMs);
  if ('field' in wanted) return wanted;
  const change = await correctStore(tx, before, wanted, nowMs);
  const reviewed = storeAfter(before, change, nowMs);
  const messages: readonly HubMessage[] = await keepReviewed(tx, reviewed, epoch, nowMs);
  const corrections = await tx.history.corrections(before.storeId, wanted.length);
  const { kind, why } = request;
  await keepAudit(tx, by, nowMs, {
    act: 'count-corrected',
    subject: `store:${before.storeId}`,
    before: { zones: corrections.map((one) => ({ zoneId: one.zoneId, count: one.before })) },
    after: { kind, why, zones: corrections.map((one) => ({ zoneId: one.zoneId, count: one.after })) },
  });
  return { messages, corrections };
}

function zoneCorrections(
  state: StoreState,
  request: CorrectionRequest,
  by: string,
  nowMs: number,
): readonly ZoneCorrection[] | Refused {
  const counted = state.zones.filter((zone) => zone.sensors.length === 0);
  const { kind, why } = request;
  if (kind === 'reset') {
    const to = state.dailyReset?.to ?? 0;
    return counted.map(({ id }, index) => ({
      kind,
      zoneId: id,
      people: index === 0 ? to : 0,
      atMs: nowMs,
      by,
      why,
    }));
  }
  const zone = zoneNamed(state.zones, request.zone);
  if ('field' in zone) return zone;
  const atMs = kind === 'set' && request.at !== undefined ? Date.parse(request.at) : nowMs;
  if (atMs > nowMs || atMs < nowMs - MAX_PAST_MS)
    return { code: 'bad-request', field: 'at', message: 'expected a minute of the last seven days' };
  return [{ kind, zoneId: zone.id, people: request.people, atMs, by, why }];
}

function zoneNamed(zones: readonly ZoneState[], id: string | undefined): ZoneState | Refused {
  const [first] = zones;
  if (id === undefined && zones.length > 1)
    return {
      code: 'unknown-zone',
      field: 'zone',
      message: `expected one of ${zones.map((zone) => zone.id).join(', ')}`,
    };
  const zone = id === undefined ? first : zones.find((one) => one.id === id);
  if (zone === undefined)
    return { code: 'unknown-zone', field: 'zone', message: 'the store has no such zone' };
  if (zone.sensors.length > 0)
    return {
      code: 'bad-request',
      field: 'zone',
      message: 'this zone is measured: its own sensors say how many are in it',
    };
  return zone;
}
