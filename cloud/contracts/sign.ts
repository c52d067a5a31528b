import * as z from 'zod/mini';
import { idSchema, signIdSchema } from './identifiers.ts';
import { snapshotSchema } from './snapshot.ts';

/** The public half of an ES256 key, as a JSON Web Key (RFC 7517). */
export const publicKeySchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
  y: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
});
export type PublicKey = z.infer<typeof publicKeySchema>;

export const enrolRequestSchema = z.object({ publicKey: publicKeySchema });
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

/** `storeGroupId` null: known, but not yet given a place, or none that is told before it has negotiated. */
export const enrolledSignSchema = z.object({ signId: signIdSchema, storeGroupId: z.nullable(idSchema) });
export type EnrolledSign = z.infer<typeof enrolledSignSchema>;

/** Answer to an owner who asks for all signs, the newest first. */
export const signListSchema = z.object({
  signs: z.array(z.extend(enrolledSignSchema, { enrolledAtMs: z.int() })),
});
export type SignList = z.infer<typeof signListSchema>;

export const challengeSchema = z.object({ nonce: z.string(), expiresInSeconds: z.int() });
export type Challenge = z.infer<typeof challengeSchema>;

export const ASSERTION_PURPOSE = 'negotiate';
/** Who the sign believes it talks to; a signature made for another service is worth nothing here. */
export const ASSERTION_AUDIENCE = 'vitrine';

/** What a sign signs (JWS compact, ES256) to prove that it holds its key. No clock of the sign is involved. */
export const assertionSchema = z.object({
  audience: z.literal(ASSERTION_AUDIENCE),
  sign: signIdSchema,
  nonce: z.string(),
  purpose: z.literal(ASSERTION_PURPOSE),
});
export type Assertion = z.infer<typeof assertionSchema>;

export const negotiateRequestSchema = z.object({ assertion: z.string().check(z.maxLength(2_048)) });

/** Names the sign before the function runs, for the binding that makes its token. Believed only once the assertion is checked. */
export const SIGN_HEADER = 'x-vitrine-sign';

export const negotiatedSchema = z.object({
  /** Of the SignalR service: `{url}` and `{accessToken}` as every SignalR client expects them. */
  url: z.string(),
  accessToken: z.string(),
  session: z.object({ token: z.string(), expiresInSeconds: z.int() }),
  storeGroupId: z.nullable(idSchema),
});
export type Negotiated = z.infer<typeof negotiatedSchema>;

/** Pushed to one sign when its place changes; the sign then pulls its snapshots. */
export const assignmentMessageSchema = z.object({ storeGroupId: z.nullable(idSchema) });
export type AssignmentMessage = z.infer<typeof assignmentMessageSchema>;

export const snapshotsSchema = z.object({
  storeGroupId: z.nullable(idSchema),
  snapshots: z.array(snapshotSchema),
});
export type Snapshots = z.infer<typeof snapshotsSchema>;
