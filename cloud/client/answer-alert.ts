import type { AnswerOutcome } from '../contracts/answering.ts';
import type { AnswerAtSign } from '../contracts/sign-report.ts';
import type { CloudApi } from './cloud-api.ts';
import { CloudError, isPassing } from './cloud-error.ts';
import type { CloudSession } from './cloud-session.ts';

type Asks = { readonly session: CloudSession; readonly cloud: CloudApi };

/** Answers for an alert on behalf of who stands before the sign. What comes of it is a value: the page has nobody to tell of an error. */
export async function answerAlert({ session, cloud }: Asks, asked: AnswerAtSign): Promise<AnswerOutcome> {
  try {
    await session.ask((token) => cloud.answer(token, asked));
    return { kind: 'answered' };
  } catch (error) {
    return error instanceof CloudError && !isPassing(error)
      ? { kind: 'refused', why: error.message }
      : { kind: 'unreachable' };
  }
}
