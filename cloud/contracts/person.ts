import * as z from 'zod/mini';
import { idSchema } from './identifiers.ts';

/** Viewers look; managers answer alerts, put counts right and place signs; admins describe stores and let people in. */
export const roleSchema = z.enum(['viewer', 'manager', 'admin']);
export type Role = z.infer<typeof roleSchema>;

export const personIdSchema = z
  .string()
  .check(z.regex(/^p-[A-Za-z0-9_-]{8,64}$/, 'expected the id of a person, p-...'));

/** `storeIds` null: all stores, those that will be made as well. */
const scopeSchema = z.nullable(z.array(idSchema).check(z.minLength(1), z.maxLength(1_000)));

const nameSchema = z.string().check(z.trim(), z.minLength(1, 'expected a name'), z.maxLength(40));

/** `POST /api/people` */
export const personRequestSchema = z.strictObject({
  name: nameSchema,
  role: roleSchema,
  storeIds: z._default(scopeSchema, null),
  /** Of Entra ID, in Azure: signs in there, and gets no key here. */
  objectId: z.optional(z.guid('expected the object id of a user of Entra ID')),
});
export type PersonRequest = z.infer<typeof personRequestSchema>;

/** `PUT /api/people/{personId}`: what they may do and see from now on. */
export const personChangeSchema = z.strictObject({ role: roleSchema, storeIds: scopeSchema });
export type PersonChange = z.infer<typeof personChangeSchema>;

export const personSchema = z.object({
  personId: personIdSchema,
  name: z.string(),
  role: roleSchema,
  storeIds: z.nullable(z.array(idSchema)),
});
export type Person = z.infer<typeof personSchema>;

/** `POST /api/people` answers it; the key is shown this once. Empty: a person of Entra ID has none. */
export const personMadeSchema = z.object({ person: personSchema, key: z.string() });
export type PersonMade = z.infer<typeof personMadeSchema>;

/** `GET /api/people` */
export const peopleSchema = z.object({
  people: z.array(z.extend(personSchema, { madeAtMs: z.int(), lastSeenAtMs: z.nullable(z.int()) })),
});
export type People = z.infer<typeof peopleSchema>;

/** `POST /api/session`: signs in with an access key; the answer sets the cookie. `DELETE` signs out. */
export const signInRequestSchema = z.strictObject({
  key: z.string().check(z.minLength(1), z.maxLength(128)),
});

/** `GET /api/session` */
export const sessionSchema = z.object({ person: personSchema, nowMs: z.int() });
export type Session = z.infer<typeof sessionSchema>;

/** Names the person before the function runs, for the binding that makes the token. Believed only once the session is checked. */
export const PERSON_HEADER = 'x-vitrine-person';

/** `POST /api/console/negotiate` */
export const consoleNegotiatedSchema = z.object({ url: z.string(), accessToken: z.string() });
export type ConsoleNegotiated = z.infer<typeof consoleNegotiatedSchema>;
