import * as z from 'zod';
import {
  assignRequestSchema,
  bulkAnswerSchema,
  commandRequestSchema,
  fleetSchema,
  signDescriptionSchema,
} from '../../contracts/fleet.ts';
import { signIdSchema } from '../../contracts/identifiers.ts';
import {
  pairedSchema,
  pairingClaimSchema,
  pairingLookRequestSchema,
  pairingLookSchema,
} from '../../contracts/pairing.ts';
import { assignmentMessageSchema, enrolledSignSchema, signListSchema } from '../../contracts/sign.ts';
import { screenshotMediaTypeSchema } from '../../contracts/sign-report.ts';
import type { Operations } from './operation.ts';

const ofSign = { signId: signIdSchema };

export const FLEET_OPERATIONS: Operations = {
  pairingLook: {
    summary: 'Which sign shows a code. A wrong code counts against who tries.',
    request: { json: pairingLookRequestSchema },
    answer: { json: pairingLookSchema },
    problems: ['404 unknown-code', '429 too-many-requests'],
  },
  pairingClaim: {
    summary: 'Gives the sign that shows a code its place, or that of a sign it stands in for.',
    request: { json: pairingClaimSchema },
    answer: { json: pairedSchema },
    problems: [
      '404 unknown-code',
      '404 unknown-store-group',
      '404 unknown-sign',
      '409 bad-request',
      '409 sign-revoked',
      '429 too-many-requests',
      '503 unavailable',
    ],
  },
  listFleet: {
    summary: 'Every sign that the caller may see: whether it is seen, and why not.',
    answer: { json: fleetSchema },
  },
  readFleetSign: {
    summary: 'One sign, in a list of one.',
    answer: { json: fleetSchema },
    problems: ['404 unknown-sign'],
  },
  readScreenshot: {
    summary: 'What the panel of a sign was last sent, as the sign pictured it.',
    answer: { media: screenshotMediaTypeSchema.options },
    problems: ['404 unknown-sign', '404 unknown-screenshot'],
  },
  describeSign: {
    summary: 'Names a sign and sets what it shows.',
    request: { json: signDescriptionSchema },
    answer: { json: z.object({ ...ofSign, ...signDescriptionSchema.shape }) },
    problems: ['403 sign-revoked', '404 unknown-sign'],
  },
  revokeSign: {
    summary: 'Takes a sign out of service. Its key is not accepted any more.',
    answer: { json: z.object(ofSign) },
    problems: ['404 unknown-sign', '503 unavailable'],
  },
  fleetCommands: {
    summary: 'One command for many signs. Each fetches it and keeps its own receipt.',
    request: { json: commandRequestSchema },
    answer: { json: bulkAnswerSchema },
  },
  fleetAssign: {
    summary: 'Many signs to one group of stores. Null takes their place away.',
    request: { json: assignRequestSchema },
    answer: { json: bulkAnswerSchema },
    problems: ['404 unknown-store-group'],
  },
  listSigns: {
    summary: 'All signs and their groups, the newest first.',
    answer: { json: signListSchema },
  },
  assignment: {
    summary: 'Gives one sign its place, or takes it away.',
    request: { json: assignmentMessageSchema },
    answer: { json: enrolledSignSchema },
    problems: ['403 sign-revoked', '404 unknown-sign', '404 unknown-store-group', '503 unavailable'],
  },
};
