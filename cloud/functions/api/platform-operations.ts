import * as z from 'zod';
import type { Operations } from './operation.ts';

const healthSchema = z.object({ status: z.literal('ok'), database: z.string(), epoch: z.int() });

export const PLATFORM_OPERATIONS: Operations = {
  health: {
    summary: 'Whether the cloud can count now: it can if it reaches its database and can write it.',
    who: 'anybody',
    answer: { json: healthSchema },
    problems: ['503 unavailable'],
  },
  openApi: {
    summary: 'This description, as OpenAPI 3.1.',
    who: 'anybody',
    answer: { json: z.looseObject({ openapi: z.string() }) },
  },
  docs: {
    summary: 'This description, for people.',
    who: 'anybody',
    answer: { media: ['text/html'] },
  },
  upstream: {
    summary: 'SignalR Service tells that a connection opened or closed.',
    who: 'platform',
    headers: {
      'x-asrs-connection-id': 'The connection.',
      'x-asrs-event': 'As in the path.',
      'x-asrs-user-id': 'Whose connection it is.',
      'x-asrs-signature': 'By a key of this app.',
    },
    answer: {},
    problems: ['400 bad-request', '401 bad-signature', '404 bad-request'],
  },
};
