import * as z from 'zod';
import { pairingOfferSchema } from '../../contracts/pairing.ts';
import {
  challengeSchema,
  enrolledSignSchema,
  enrolRequestSchema,
  negotiatedSchema,
  negotiateRequestSchema,
  SIGN_HEADER,
  snapshotsSchema,
} from '../../contracts/sign.ts';
import {
  answerAtSignSchema,
  answeredAtSignSchema,
  heartbeatAnswerSchema,
  heartbeatSchema,
  pulledCommandsSchema,
  receiptSchema,
  screenshotMediaTypeSchema,
} from '../../contracts/sign-report.ts';
import type { Operations } from './operation.ts';

const ofCommandSchema = z.object({ commandId: z.string() });

/** What a sign itself calls. */
export const SIGN_OPERATIONS: Operations = {
  signs: {
    summary: 'A sign makes itself known by its public key. The same key is the same sign.',
    who: 'anybody',
    request: { json: enrolRequestSchema },
    answer: { json: enrolledSignSchema },
    problems: ['403 sign-revoked', '429 too-many-requests'],
  },
  challenge: {
    summary: 'A nonce for a sign to sign.',
    who: 'anybody',
    answer: { json: challengeSchema },
    problems: ['403 sign-revoked', '404 unknown-sign'],
  },
  negotiate: {
    summary: 'Lets a sign onto the push service once it has proved that it holds its key.',
    who: 'anybody',
    headers: { [SIGN_HEADER]: 'The id of the sign.' },
    request: { json: negotiateRequestSchema },
    answer: { json: negotiatedSchema },
    problems: ['401 bad-signature', '401 nonce-spent', '403 sign-revoked', '404 unknown-sign'],
  },
  snapshot: {
    summary: 'All that the sign may show: the stores of the group it is in now.',
    who: 'sign',
    answer: { json: snapshotsSchema },
  },
  pairingCode: {
    summary: 'The code that the sign shows until somebody types it.',
    who: 'sign',
    answer: { json: pairingOfferSchema },
    problems: ['409 bad-request', '429 too-many-requests', '503 unavailable'],
  },
  heartbeat: {
    summary: 'What the sign last painted, every minute and on each change. Answers how it is set.',
    who: 'sign',
    request: { json: heartbeatSchema },
    answer: { json: heartbeatAnswerSchema },
    problems: ['413 bad-request'],
  },
  pulledCommands: {
    summary: 'What the sign is to do, the oldest first.',
    who: 'sign',
    answer: { json: pulledCommandsSchema },
  },
  receipts: {
    summary: 'What became of a command.',
    who: 'sign',
    request: { json: receiptSchema },
    answer: { json: ofCommandSchema },
    problems: ['413 bad-request'],
  },
  answerAtSign: {
    summary: 'Somebody before the sign answers for an alert on its glass, where that is allowed.',
    who: 'sign',
    request: { json: answerAtSignSchema },
    answer: { json: answeredAtSignSchema },
    problems: ['403 not-allowed', '404 unknown-alert', '404 unknown-store', '413 bad-request'],
  },
  screenshotOfMe: {
    summary: 'A picture of what the panel shows, as a command asked for it.',
    who: 'sign',
    query: ofCommandSchema,
    request: { media: screenshotMediaTypeSchema.options },
    answer: { json: ofCommandSchema },
    problems: ['404 unknown-command', '413 bad-request', '415 bad-request'],
  },
};
