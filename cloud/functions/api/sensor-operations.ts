import * as z from 'zod';
import { AGE_HEADER } from '../../contracts/http.ts';
import { sensorIdSchema } from '../../contracts/identifiers.ts';
import { rejectedMessageSchema, replayedSchema, replayRequestSchema } from '../../contracts/rejected.ts';
import {
  rejectedDeletedSchema,
  sensorRequestSchema,
  sensorSecretSchema,
  sensorsSchema,
} from '../../contracts/sensor.ts';
import { rejectedQuerySchema } from '../rejected.ts';
import type { Operations } from './operation.ts';

const ingestKeySchema = z.object({ sensorId: sensorIdSchema, key: z.string(), path: z.string() });

export const SENSOR_OPERATIONS: Operations = {
  listSensors: {
    summary: 'Every sensor that has a place, may connect, or was heard.',
    answer: { json: sensorsSchema },
  },
  makeSensor: {
    summary: 'Lets a sensor in before it has a door. Its connection string is shown this once.',
    request: { json: sensorRequestSchema },
    answer: { json: sensorSecretSchema },
    problems: ['409 sensor-taken', '503 unavailable'],
  },
  removeSensor: {
    summary: 'Lets a sensor in no more. It must have left its store before.',
    answer: { json: z.object({ sensorId: sensorIdSchema }) },
    problems: ['404 unknown-sensor', '409 sensor-taken', '503 unavailable'],
  },
  renewConnectionString: {
    summary: 'A new connection string, shown this once. The one before it stops working.',
    answer: { json: sensorSecretSchema },
    problems: ['404 unknown-sensor', '503 unavailable'],
  },
  makeIngestKey: {
    summary: 'A key for plain HTTP, shown this once. The one before it stops working.',
    answer: { json: ingestKeySchema },
    problems: ['404 unknown-sensor'],
  },
  ingest: {
    summary:
      'The push of a camera, in its own content type. Answered once it is kept; what cannot be counted is kept too, with the reason.',
    who: 'sensor',
    headers: { [AGE_HEADER]: 'How long ago the message was made, for those who hand on. At most 7 days.' },
    request: { media: ['*/*'] },
    answer: {},
    problems: ['400 bad-request', '401 bad-key', '413 bad-request'],
  },
  listRejected: {
    summary: 'What could not be counted, the newest first, whole and with the reason.',
    answer: { json: z.object({ rejected: z.array(rejectedMessageSchema) }) },
  },
  replayRejected: {
    summary: 'Counts again what was refused of a sensor, at its own time and never twice.',
    request: { json: replayRequestSchema },
    answer: { json: replayedSchema },
  },
  deleteRejected: {
    summary: 'Forgets for good what is kept of a sensor.',
    query: rejectedQuerySchema,
    answer: { json: rejectedDeletedSchema },
  },
};
