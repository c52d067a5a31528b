import { isDeepStrictEqual } from 'node:util';
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import * as z from 'zod';
import { MAX_TRANSFER_BYTES, type TransferAnswer, transferKindSchema } from '../../contracts/transfer.ts';
import type { Transaction } from '../../store/port.ts';
import { answer, parsed, refusal } from '../http-answers.ts';
import type { Caller } from '../people/caller.ts';
import { PlatformError } from '../platform/connection-string.ts';
import type { Say } from '../say.ts';
import type { Services } from '../services.ts';
import { type CreatedSensors, createSensors, takeBack } from './create-sensors.ts';
import { mayTransfer, NOT_ALLOWED } from './may-transfer.ts';
import type { Kept, Plan } from './plan.ts';
import { plannedBy } from './tables.ts';
import { tellSigns } from './tell-signs.ts';

export const importQuerySchema = z.object({
  dryRun: z.enum(['true', 'false'], 'expected true or false').default('true'),
});

/** Says what a table would change, or changes it. */
export const importTable =
  (services: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    if (!mayTransfer(caller)) return NOT_ALLOWED;
    const kind = parsed(request.params.kind, transferKindSchema, 'kind');
    if (!kind.ok) return kind.refusal;
    const query = parsed(Object.fromEntries(request.query), importQuerySchema, 'query');
    if (!query.ok) return query.refusal;
    if (Number(request.headers.get('content-length') ?? 0) > MAX_TRANSFER_BYTES) return TOO_LARGE;
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (bytes.length > MAX_TRANSFER_BYTES) return TOO_LARGE;
    const planned = plannedBy(kind.value, bytes);
    const plan = await services.store.look(planned);
    if (query.value.dryRun === 'true') return answer(answerOf(plan, { dryRun: true }));
    if (plan.problems.length > 0) return problemsAnswer(plan);
    let made: Made;
    try {
      made = await keptOf(services, plan, planned, caller);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return refusal(503, 'unavailable', `nothing was imported: ${error.message}`);
    }
    if (made.kept === undefined) return CHANGED_MEANWHILE;
    const notYetPlaced = await tellSigns(services, say, context, made.kept);
    return answer(
      answerOf(plan, { dryRun: false, createdSensors: made.createdSensors, notYetPlaced: [...notYetPlaced] }),
    );
  };

type Made = { readonly kept: Kept | undefined; readonly createdSensors: CreatedSensors };

/** The sensors first, as they can be taken back: then a store never waits for one that the hub refused to make. */
async function keptOf(
  { store, registry, now }: Services,
  plan: Plan,
  planned: (tx: Transaction) => Promise<Plan>,
  caller: Caller,
): Promise<Made> {
  const createdSensors = await createSensors(registry, plan.sensorIds);
  try {
    const kept = await store.transaction(async (tx) => {
      const fresh = await planned(tx);
      const isAsPlanned = fresh.problems.length === 0 && isDeepStrictEqual(fresh.changes, plan.changes);
      return isAsPlanned ? fresh.keep(tx, caller, now()) : undefined;
    });
    if (kept === undefined) await takeBack(registry, createdSensors);
    return { kept, createdSensors };
  } catch (error) {
    await takeBack(registry, createdSensors);
    throw error;
  }
}

const answerOf = (
  { rows, changes, problems }: Plan,
  more: Pick<TransferAnswer, 'dryRun'> & Partial<TransferAnswer>,
): TransferAnswer => ({
  rows,
  changes: [...changes],
  problems: [...problems],
  createdSensors: [],
  notYetPlaced: [],
  ...more,
});

function problemsAnswer(plan: Plan): HttpResponseInit {
  const refused = refusal(400, 'bad-request', 'nothing was imported: rows of the table are wrong');
  return { ...refused, jsonBody: { ...refused.jsonBody, ...answerOf(plan, { dryRun: false }) } };
}

const TOO_LARGE = refusal(413, 'bad-request', `body: expected at most ${MAX_TRANSFER_BYTES} bytes`, 'body');
const CHANGED_MEANWHILE = refusal(
  409,
  'bad-request',
  'nothing was imported: somebody changed the same meanwhile, check the table again',
);
