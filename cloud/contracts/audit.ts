import * as z from 'zod/mini';

/** What a person did. */
export const auditActSchema = z.enum([
  'store-kept',
  'group-kept',
  'count-corrected',
  'alert-acknowledged',
  'alert-shelved',
  'rejected-replayed',
  'rejected-deleted',
  'sensor-made',
  'sensor-key-renewed',
  'sensor-removed',
  'ingest-key-made',
  'sign-paired',
  'sign-assigned',
  'sign-described',
  'sign-replaced',
  'sign-revoked',
  'sign-commanded',
  'message-sent',
  'message-ended',
  'person-made',
  'person-changed',
  'person-removed',
  'signed-in',
  'signed-out',
]);
export type AuditAct = z.infer<typeof auditActSchema>;

/** One change by a person; never altered. `before` and `after` are JSON as it was and as it became, null where there is none. */
export const auditRowSchema = z.object({
  number: z.int(),
  atMs: z.int(),
  /** Name and id of who did it. */
  by: z.string(),
  personId: z.string(),
  act: auditActSchema,
  /** What it was done to, `store:calle-mayor`, `sign:s-...`. */
  subject: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type AuditRow = z.infer<typeof auditRowSchema>;

/** `GET /api/audit?before={number}`: the newest first. */
export const auditSchema = z.object({ rows: z.array(auditRowSchema) });
export type Audit = z.infer<typeof auditSchema>;
