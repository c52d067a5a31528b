import * as z from 'zod/mini';
import { countSchema, idSchema, sensorIdSchema } from './identifiers.ts';

const nameSchema = z.string().check(z.minLength(1), z.maxLength(80));

const sensorSchema = z.strictObject({
  id: sensorIdSchema,
  /** Mounted the other way round: its IN is people leaving. */
  flipped: z._default(z.boolean(), false),
});

const doorSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  sensors: z.array(sensorSchema).check(z.maxLength(32)),
});

const limitsSchema = z.strictObject({ soft: countSchema, hard: countSchema.check(z.positive()) }).check(
  z.refine((limits) => limits.soft <= limits.hard, {
    path: ['soft'],
    error: 'expected at most limits.hard',
  }),
);

const timeZoneSchema = z
  .string()
  .check(z.refine(isTimeZone, 'expected an IANA time zone such as Europe/Madrid'));

/**
 * A store as its owner describes it: `PUT /api/stores/{storeId}`. What is left out of a later one is removed from the store.
 * A field that is not listed here is refused: a misspelt one must not be lost unseen.
 */
export const storeDescriptionSchema = z.strictObject({
  name: nameSchema,
  timeZone: timeZoneSchema,
  limits: limitsSchema,
  /** Every door's sensors must have been heard within this time for the count to be live. */
  liveForSeconds: z._default(z.int().check(z.gte(10), z.lte(3_600)), 90),
  storeGroups: z.array(idSchema).check(z.minLength(1), z.maxLength(16)),
  doors: z.array(doorSchema).check(
    z.minLength(1, 'expected at least one door'),
    z.maxLength(16, 'expected at most 16 doors'),
    z.refine((doors) => areUnique(doors.map((door) => door.id)), 'expected a different id for each door'),
    z.refine(
      (doors) => areUnique(doors.flatMap((door) => door.sensors.map((sensor) => sensor.id))),
      'expected each sensor at one door only',
    ),
  ),
});
export type StoreDescription = z.infer<typeof storeDescriptionSchema>;

/** Answer to a PUT. A connection string is shown once, when its sensor is made. */
export const storeKeptSchema = z.object({
  storeId: idSchema,
  createdSensors: z.array(z.object({ sensorId: sensorIdSchema, connectionString: z.string() })),
});
export type StoreKept = z.infer<typeof storeKeptSchema>;

const areUnique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
