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
  shelve: (storeId: string) => `/api/stores/${storeId}/alerts/shelve`,
  storeGroup: (storeGroupId: string) => `/api/store-groups/${storeGroupId}`,
  rejected: '/api/rejected',
  replay: '/api/rejected/replay',
  sensors: '/api/sensors',
  sensor: (sensorId: string) => `/api/sensors/${sensorId}`,
  connectionString: (sensorId: string) => `/api/sensors/${sensorId}/connection-string`,
  ingestKey: (sensorId: string) => `/api/sensors/${sensorId}/ingest-key`,
  ingest: (sensorId: string) => `/api/ingest/${sensorId}`,
  session: '/api/session',
  people: '/api/people',
  person: (personId: string) => `/api/people/${personId}`,
  audit: '/api/audit',
  overview: '/api/overview',
  consoleNegotiate: '/api/console/negotiate',
  pairingCode: '/api/pairing/code',
  pairingLook: '/api/pairing/look',
  pairingClaim: '/api/pairing/claim',
  heartbeat: '/api/signs/me/heartbeat',
  pulledCommands: '/api/signs/me/commands',
  receipts: '/api/signs/me/receipts',
  answerOfMe: '/api/signs/me/answer',
  screenshotOfMe: '/api/signs/me/screenshot',
  fleet: '/api/fleet',
  screenshot: (signId: string) => `/api/fleet/${signId}/screenshot`,
  fleetSign: (signId: string) => `/api/fleet/${signId}`,
  revokeSign: (signId: string) => `/api/fleet/${signId}/revoke`,
  fleetCommands: '/api/fleet/commands',
  fleetAssign: '/api/fleet/assign',
  messages: '/api/messages',
  message: (messageId: string) => `/api/messages/${messageId}`,
  openApi: '/api/openapi.json',
  docs: '/api/docs',
  problem: (code: string) => `/api/docs#${code}`,
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
  'unknown-command',
  'unknown-message',
  'unknown-screenshot',
  'unknown-sensor',
  'bad-key',
  'not-signed-in',
  'not-allowed',
  'wrong-origin',
  'unknown-person',
  'unknown-code',
  'sign-revoked',
  'last-admin',
  'too-many-requests',
  'unavailable',
]);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

export const PROBLEM_TYPE = 'application/problem+json';

/** Every refusal, as problem details (RFC 9457). */
export const problemSchema = z.object({
  /** Where the readable page explains the code. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** What was wrong this time, and what was expected. */
  detail: z.string(),
  code: errorCodeSchema,
  /** Path of the field that was wrong, `doors.0.name`. */
  field: z.optional(z.string()),
});
export type Problem = z.infer<typeof problemSchema>;
