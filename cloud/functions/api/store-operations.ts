import * as z from 'zod';
import { acknowledgeRequestSchema, listedAlertsSchema, shelveRequestSchema } from '../../contracts/alert.ts';
import { correctionRequestSchema, correctionsSchema } from '../../contracts/correction.ts';
import { driftSchema, historySchema } from '../../contracts/history.ts';
import { idSchema } from '../../contracts/identifiers.ts';
import { overviewSchema } from '../../contracts/overview.ts';
import { snapshotSchema } from '../../contracts/snapshot.ts';
import { storeDescriptionSchema, storeKeptSchema } from '../../contracts/store-description.ts';
import { storeGroupDescriptionSchema } from '../../contracts/store-group.ts';
import { driftQuerySchema } from '../drift.ts';
import { historyQuerySchema } from '../history.ts';
import type { Operations } from './operation.ts';

const ofStore = { storeId: idSchema };
const storeReadSchema = z.object({
  ...ofStore,
  description: storeDescriptionSchema,
  snapshot: snapshotSchema,
});
const groupReadSchema = z.object({
  storeGroupId: idSchema,
  description: storeGroupDescriptionSchema,
  storeIds: z.array(idSchema),
});
const acknowledgedSchema = z.object({ ...ofStore, ...acknowledgeRequestSchema.shape });
const { type, source, why } = shelveRequestSchema.shape;
const shelvedSchema = z.object({
  ...ofStore,
  type,
  source,
  by: z.string(),
  untilMs: z.int().nullable(),
  why,
});

export const STORE_OPERATIONS: Operations = {
  overview: {
    summary: 'Every store that the caller may see, as its signs show it.',
    answer: { json: overviewSchema },
  },
  keepStore: {
    summary:
      'Keeps a store as it is described. What is left out is removed from the store. Sensors that the hub does not know yet are made.',
    request: { json: storeDescriptionSchema },
    answer: { json: storeKeptSchema },
    problems: ['409 sensor-taken', '503 unavailable'],
  },
  readStore: {
    summary: 'A store as it is described, and as it is now.',
    answer: { json: storeReadSchema },
    problems: ['404 unknown-store'],
  },
  correct: {
    summary: 'Puts a count right. The readings stay as they are; the correction is added beside them.',
    request: { json: correctionRequestSchema },
    answer: { json: correctionsSchema },
    problems: ['400 unknown-zone', '404 unknown-store'],
  },
  listCorrections: {
    summary: 'The corrections of a store, the newest first.',
    answer: { json: correctionsSchema },
    problems: ['404 unknown-store'],
  },
  history: {
    summary: 'Who went in and out and how many were inside, by the minute, hour or day of the store.',
    query: historyQuerySchema,
    answer: { json: historySchema, media: ['text/csv'] },
    problems: ['404 unknown-store'],
  },
  drift: {
    summary: 'What the doors of a store counted in and out each night, the newest first.',
    query: driftQuerySchema,
    answer: { json: z.object({ ...ofStore, ...driftSchema.shape }) },
    problems: ['404 unknown-store'],
  },
  listAlerts: {
    summary: 'What asks for an answer in a store now, and what happened to its alerts so far.',
    answer: { json: listedAlertsSchema },
    problems: ['404 unknown-store'],
  },
  acknowledge: {
    summary: 'Answers an alert. The signs show who did.',
    request: { json: acknowledgeRequestSchema },
    answer: { json: acknowledgedSchema },
    problems: ['404 unknown-store', '404 unknown-alert'],
  },
  shelve: {
    summary: 'Puts an alert aside for a while. It stays on record and asks nobody until then.',
    request: { json: shelveRequestSchema },
    answer: { json: shelvedSchema },
    problems: ['404 unknown-store', '404 unknown-alert'],
  },
  keepStoreGroup: {
    summary: 'Says what the stores of a group inherit. Stores that say otherwise keep their own.',
    request: { json: storeGroupDescriptionSchema },
    answer: { json: z.object({ storeGroupId: idSchema }) },
  },
  readStoreGroup: {
    summary: 'A group, and those of its stores that the caller may see.',
    answer: { json: groupReadSchema },
    problems: ['404 unknown-store-group'],
  },
};
