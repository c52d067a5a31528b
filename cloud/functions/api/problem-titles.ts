import type { ErrorCode } from '../../contracts/http.ts';

/** The same words for every problem of a code; what was wrong this time is in its `detail`. */
export const PROBLEM_TITLES: Readonly<Record<ErrorCode, string>> = {
  'bad-request': 'The request is not as expected',
  'not-json': 'The body is not JSON',
  'unknown-sign': 'There is no such sign',
  'bad-signature': 'The signature is not good',
  'nonce-spent': 'The nonce cannot be used',
  'session-expired': 'The session is over',
  'unknown-store': 'There is no such store',
  'unknown-store-group': 'There is no such group of stores',
  'sensor-taken': 'The sensor has another place',
  'unknown-zone': 'There is no such zone',
  'unknown-alert': 'There is no such alert',
  'unknown-command': 'The sign has no such command open',
  'unknown-screenshot': 'There is no picture of this sign',
  'unknown-sensor': 'There is no such sensor',
  'bad-key': 'The key is not good',
  'not-signed-in': 'Nobody is signed in',
  'not-allowed': 'This person may not do that',
  'wrong-origin': 'The call comes from another page',
  'unknown-person': 'There is no such person',
  'unknown-code': 'No sign shows this code',
  'sign-revoked': 'The sign was revoked',
  'last-admin': 'One admin has to stay',
  'too-many-requests': 'Too many tries',
  unavailable: 'Not possible at this moment',
};
