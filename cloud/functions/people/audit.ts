import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import type { Audit, AuditAct } from '../../contracts/audit.ts';
import type { Transaction } from '../../store/port.ts';
import { answer, parsed } from '../http-answers.ts';
import type { Services } from '../services.ts';
import type { Caller } from './caller.ts';

const MAX_LISTED = 200;

export const auditQuerySchema = z.object({
  before: z.coerce.number('expected a number').int().min(1, 'expected the number of a row').optional(),
});

/** What people have changed, the newest first. */
export const listAudit =
  ({ store }: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const query = parsed(Object.fromEntries(request.query), auditQuerySchema, 'query');
    if (!query.ok) return query.refusal;
    const rows = await store.look((tx) => tx.audit.list(MAX_LISTED, query.value.before));
    return answer({ rows: [...rows] } satisfies Audit);
  };

type Change = {
  readonly act: AuditAct;
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
};

/** Puts a person's change on record, in the transaction that makes it. */
export const keepAudit = (
  tx: Transaction,
  { personId, name }: Pick<Caller, 'personId' | 'name'>,
  atMs: number,
  { act, subject, before = null, after = null }: Change,
): Promise<void> => tx.audit.add({ atMs, by: name, personId, act, subject, before, after });
