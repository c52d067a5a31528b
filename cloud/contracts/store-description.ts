import * as z from 'zod/mini';
import { countSchema, idSchema, sensorIdSchema } from './identifiers.ts';

/** What the ids and names of a store may take of a snapshot, so that it stays below MAX_SNAPSHOT_BYTES on a full day. */
const MAX_DESCRIBED_BYTES = 1_000;
/** What a snapshot says of a door besides its id and its name. */
const DOOR_BYTES = 48;

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
export const storeDescriptionSchema = z
  .strictObject({
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
  })
  .check(
    z.refine((store) => describedBytes(store) <= MAX_DESCRIBED_BYTES, {
      path: ['doors'],
      error:
        'expected fewer doors, or shorter ids and names: a sign is sent no more than 1,000 bytes of them',
    }),
  );
export type StoreDescription = z.infer<typeof storeDescriptionSchema>;

/** Answer to a PUT. A connection string is shown once, when its sensor is made. */
export const storeKeptSchema = z.object({
  storeId: idSchema,
  createdSensors: z.array(z.object({ sensorId: sensorIdSchema, connectionString: z.string() })),
});
export type StoreKept = z.infer<typeof storeKeptSchema>;

type Described = {
  readonly name: string;
  readonly timeZone: string;
  readonly doors: readonly { readonly id: string; readonly name: string }[];
};

/** As they are written in JSON: a quotation mark takes two bytes, a letter of another alphabet two or three. */
function describedBytes({ name, timeZone, doors }: Described): number {
  const texts = [name, timeZone, ...doors.flatMap((door) => [door.id, door.name])];
  const written = new TextEncoder().encode(texts.map((text) => JSON.stringify(text)).join(''));
  return written.length + doors.length * DOOR_BYTES;
}

const areUnique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

function isTimeZone(name: string): boolean {
  // ICU's own short names (PST, IST, JST) mean different places to different readers; Temporal refuses them.
  if (!/^UTC$|\//i.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
