import { expect, test } from 'vitest';
import { answerAlert } from '../../../cloud/client/answer-alert.ts';
import type { CloudApi } from '../../../cloud/client/cloud-api.ts';
import { CloudError } from '../../../cloud/client/cloud-error.ts';
import { CloudSession } from '../../../cloud/client/cloud-session.ts';
import type { SignedIn } from '../../../cloud/client/sign-in.ts';
import type { AnswerAtSign } from '../../../cloud/contracts/sign-report.ts';

const ASKED = { storeId: 'calle-mayor', alertKey: 'over-capacity store 1' };
const signedIn = { negotiated: { session: { token: 'a token' } } } as SignedIn;

/** A cloud that makes this of an answer. */
function sign(answer: CloudApi['answer'], signIn: () => Promise<SignedIn> = async () => signedIn) {
  const session = new CloudSession(signIn);
  return answerAlert({ session, cloud: { answer } as CloudApi }, ASKED);
}

test('an answer that the cloud takes goes out once, with the session of the sign', async () => {
  const sent: [string, AnswerAtSign][] = [];
  const answer = async (token: string, asked: AnswerAtSign) => void sent.push([token, asked]);
  expect(await sign(answer)).toEqual({ kind: 'answered' });
  expect(sent).toEqual([['a token', ASKED]]);
});

test('what the cloud does not want is refused, in its words', async () => {
  const answer = () => Promise.reject(new CloudError('not-allowed', 'not at this sign'));
  expect(await sign(answer)).toEqual({ kind: 'refused', why: 'not at this sign' });
});

for (const error of [
  new CloudError('unreachable', 'no answer'),
  new CloudError('unavailable', 'status 503'),
  new CloudError('not-the-cloud', 'a login page'),
  new TypeError('anything else'),
])
  test(`without an answer of the cloud it was not reached: ${error.message}`, async () => {
    expect(await sign(() => Promise.reject(error))).toEqual({ kind: 'unreachable' });
    const signIn = () => Promise.reject(error);
    expect(await sign(async () => undefined, signIn)).toEqual({ kind: 'unreachable' });
  });
