import * as z from 'zod';
import { auditSchema } from '../../contracts/audit.ts';
import {
  consoleNegotiatedSchema,
  PERSON_HEADER,
  peopleSchema,
  personChangeSchema,
  personIdSchema,
  personMadeSchema,
  personRequestSchema,
  sessionSchema,
  signInRequestSchema,
} from '../../contracts/person.ts';
import { auditQuerySchema } from '../people/audit.ts';
import type { Operations } from './operation.ts';

const ofPersonSchema = z.object({ personId: personIdSchema });

export const PEOPLE_OPERATIONS: Operations = {
  signIn: {
    summary: 'Signs a person in by access key. The answer sets the cookie of the session.',
    who: 'anybody',
    request: { json: signInRequestSchema },
    answer: { json: sessionSchema },
    problems: ['401 bad-key', '403 wrong-origin', '429 too-many-requests'],
  },
  whoAmI: {
    summary: 'Who is signed in.',
    answer: { json: sessionSchema },
  },
  signOut: {
    summary: 'Ends the session.',
    answer: {},
  },
  listPeople: {
    summary: 'Everybody who may come in.',
    answer: { json: peopleSchema },
  },
  makePerson: {
    summary: 'Lets somebody in. Their access key is shown this once.',
    request: { json: personRequestSchema },
    answer: { json: personMadeSchema },
    problems: ['409 bad-request'],
  },
  changePerson: {
    summary: 'Says what somebody may do and see from now on.',
    request: { json: personChangeSchema },
    answer: { json: ofPersonSchema },
    problems: ['404 unknown-person', '409 last-admin', '503 unavailable'],
  },
  removePerson: {
    summary: 'Takes key and sessions of somebody away.',
    answer: { json: ofPersonSchema },
    problems: ['404 unknown-person', '409 last-admin', '503 unavailable'],
  },
  listAudit: {
    summary: 'What people have changed, the newest first.',
    query: auditQuerySchema,
    answer: { json: auditSchema },
  },
  consoleNegotiate: {
    summary: 'Lets a page of the console onto the push service.',
    who: 'viewer',
    headers: { [PERSON_HEADER]: 'The id of who is signed in.' },
    answer: { json: consoleNegotiatedSchema },
    problems: ['503 unavailable'],
  },
};
