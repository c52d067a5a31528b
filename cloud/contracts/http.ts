import * as z from 'zod/mini';

/** Paths of the cloud's HTTP API, as a client calls them. */
export const API_PATHS = {
  health: '/api/health',
  signs: '/api/signs',
  challenge: (signId: string) => `/api/signs/${signId}/challenge`,
  assignment: (signId: string) => `/api/signs/${signId}/assignment`,
  negotiate: '/api/negotiate',
  snapshots: '/api/snapshots',
  store: (storeId: string) => `/api/stores/${storeId}`,
  corrections: (storeId: string) => `/api/stores/${storeId}/corrections`,
  history: (storeId: string) => `/api/stores/${storeId}/history`,
  drift: (storeId: string) => `/api/stores/${storeId}/drift`,
  alerts: (storeId: string) => `/api/stores/${storeId}/alerts`,
  acknowledge: (storeId: string) => `/api/stores/${storeId}/alerts/acknowledge`,
  storeGroup: (storeGroupId: string) => `/api/store-groups/${storeGroupId}`,
  rejected: '/api/rejected',
  replay: '/api/rejected/replay',
  ingestKey: (sensorId: string) => `/api/sensors/${sensorId}/ingest-key`,
  ingest: (sensorId: string) => `/api/ingest/${sensorId}`,
} as const;

/** How long ago a message that is handed on was made, for those who could not hand it on at once. */
export const AGE_HEADER = 'x-vitrine-age-ms';

/** Stable codes: what a client may act on. The words beside them are for people. */
export const errorCodeSchema = z.enum([
  'bad-request',
  'not-json',
  'unknown-sign',
  'bad-signature',
  'nonce-spent',
  'session-expired',
  'unknown-store',
  'unknown-store-group',
  'sensor-taken',
  'unknown-zone',
  'unknown-alert',
  'unknown-sensor',
  'bad-key',
  'too-many-requests',
  'unavailable',
]);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

export const errorBodySchema = z.object({
  error: z.object({
    code: errorCodeSchema,
    message: z.string(),
    /** Path of the field that was wrong, `doors.0.name`. */
    field: z.optional(z.string()),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
