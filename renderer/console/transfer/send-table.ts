import { problemSchema } from '../../../cloud/contracts/http.ts';
import {
  TRANSFER_PATHS,
  type TransferAnswer,
  type TransferKind,
  transferAnswerSchema,
} from '../../../cloud/contracts/transfer.ts';
import { ApiProblem } from '../api/ask.ts';

/** Checks a table, or imports it. A table with bad rows is an answer too, and names them. @throws ApiProblem */
export async function sendTable(kind: TransferKind, text: string, dryRun: boolean): Promise<TransferAnswer> {
  const response = await sent(TRANSFER_PATHS.import(kind, dryRun), text);
  const body: unknown = await response.json().catch(() => undefined);
  const answer = transferAnswerSchema.safeParse(body);
  if (answer.success) return answer.data;
  const refused = problemSchema.safeParse(body);
  if (!refused.success)
    throw new ApiProblem('unreadable', 'The cloud gave an answer that this page does not understand.', 0);
  const { code, detail, field } = refused.data;
  throw new ApiProblem(code, detail, response.status, field);
}

async function sent(path: string, body: string): Promise<Response> {
  try {
    return await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { 'content-type': 'text/csv; charset=utf-8' },
      body,
    });
  } catch {
    throw new ApiProblem('unreachable', 'The cloud cannot be reached. Try again in a moment.', 0);
  }
}
