import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import * as z from 'zod';
import { REJECTED_SENSOR_ID, type RejectedMessage, replayRequestSchema } from '../contracts/rejected.ts';
import type { RejectedRecord, Transaction } from '../store/port.ts';
import { countReadings } from './count-readings.ts';
import { answer, parsed, parsedBody } from './http-answers.ts';
import type { HubMessage } from './hub-messages.ts';
import { keepAudit } from './people/audit.ts';
import type { Caller } from './people/caller.ts';
import type { Say } from './say.ts';
import { countSetting, type Services } from './services.ts';

const MAX_LISTED = 200;
/** Messages in one transaction, as many as the hub hands over at once. */
const REPLAYED_AT_ONCE = 256;
/** Who counts meanwhile waits for no more than this. */
const DELETED_AT_ONCE = 2_000;

/** What could not be counted, the newest first, whole and with the reason. */
export const listRejected =
  ({ store }: Services) =>
  async (): Promise<HttpResponseInit> => {
    const rejected = await store.look((tx) => tx.rejected.list(MAX_LISTED));
    return answer({ rejected: rejected.map(shown) });
  };

/**
 * Counts what was refused of a sensor after all, once its door is named or its adapter mended: at its own time, and
 * never twice. What still cannot be counted stays.
 */
export const replayRejected =
  (services: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const body = await parsedBody(request, replayRequestSchema);
    if (!body.ok) return body.refusal;
    const { sensorId } = body.value;
    const messages: HubMessage[] = [];
    let replayed = 0;
    let stillRejected = 0;
    let after: Page['last'];
    do {
      const page = await services.store.transaction(async (tx) => {
        const done = await replayedPage(tx, sensorId, after, services);
        // On record with the first change, so that none is without it, whatever happens to the rest.
        if (after === undefined && done.last !== undefined)
          await keepAudit(tx, caller, services.now(), {
            act: 'rejected-replayed',
            subject: `sensor:${sensorId}`,
          });
        return done;
      });
      replayed += page.count;
      stillRejected += page.rejected;
      messages.push(...page.messages);
      after = page.last;
    } while (after !== undefined);
    say(context, messages);
    return answer({ replayed, stillRejected });
  };

export const rejectedQuerySchema = z.object({
  sensorId: z.string('expected the id of a sensor').regex(REJECTED_SENSOR_ID, 'expected the id of a sensor'),
});

/** Forgets for good what is kept of a sensor. */
export const deleteRejected =
  ({ store, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const query = parsed(Object.fromEntries(request.query), rejectedQuerySchema, 'query');
    if (!query.ok) return query.refusal;
    const { sensorId } = query.value;
    let deleted = 0;
    let forgotten: number;
    do {
      const isFirst = deleted === 0;
      forgotten = await store.transaction(async (tx) => {
        const messages = isFirst ? await tx.rejected.countOf(sensorId) : 0;
        // On record with the first change, as above.
        const change = {
          act: 'rejected-deleted',
          subject: `sensor:${sensorId}`,
          before: { messages },
        } as const;
        if (messages > 0) await keepAudit(tx, caller, now(), change);
        return tx.rejected.forgetOldest(sensorId, DELETED_AT_ONCE);
      });
      deleted += forgotten;
    } while (forgotten === DELETED_AT_ONCE);
    return answer({ deleted });
  };

/**
 * What can be no crowd is none the second time, and who passed a sensor that stood nowhere was in no store. It stays on
 * record; if people were inside, a person says so by a correction.
 */
const HOPELESS: readonly string[] = ['implausible', 'stood-nowhere'];

type Page = {
  readonly count: number;
  readonly rejected: number;
  readonly messages: readonly HubMessage[];
  readonly last: { readonly enqueuedAtMs: number; readonly messageKey: string } | undefined;
};

async function replayedPage(
  tx: Transaction,
  sensorId: string,
  after: Page['last'],
  services: Services,
): Promise<Page> {
  const refused = await tx.rejected.messagesOf(sensorId, REPLAYED_AT_ONCE, after);
  if (refused.length === 0) return { count: 0, rejected: 0, messages: [], last: undefined };
  const hopeful = refused.filter(({ reason }) => !HOPELESS.includes(reason));
  await tx.rejected.forget(hopeful);
  // The same message may have been refused for two reasons; it is one.
  const events = new Map(hopeful.map(({ reason: _, ...event }) => [event.messageKey, event]));
  const { messages, rejected } = await countReadings(tx, [...events.values()], countSetting(services));
  const hopeless = new Set(refused.map(({ messageKey }) => messageKey)).size - events.size;
  return {
    count: events.size + hopeless,
    rejected: rejected + hopeless,
    messages,
    last: refused.at(-1),
  };
}

function shown({ body, ...record }: RejectedRecord): RejectedMessage {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return { ...record, body: text, encoding: 'utf-8' };
  } catch {
    return { ...record, body: Buffer.from(body).toString('base64'), encoding: 'base64' };
  }
}
