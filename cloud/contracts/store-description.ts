import * as z from 'zod/mini';
import { dailyResetSchema } from './daily-reset.ts';
import { countSchema, idSchema, sensorIdSchema } from './identifiers.ts';
import { openingHoursSchema } from './opening-hours.ts';
import { sensorModelSchema } from './sensor-model.ts';
import { lineSchema } from './telemetry.ts';

/** What the ids and names of a store may take of a snapshot, so that it stays below MAX_SNAPSHOT_BYTES on a full day. */
const MAX_DESCRIBED_BYTES = 930;
/** What a snapshot says of a door, and of a zone, besides its id and its name. */
const DOOR_BYTES = 48;
const ZONE_BYTES = 70;

const nameSchema = z.string().check(z.minLength(1), z.maxLength(80));

const MAX_STAFF = 10_000;
/** The street: where a door leads that does not join two zones. */
export const STREET = 'street';

const sensorSchema = z.strictObject({
  id: sensorIdSchema,
  model: z._default(sensorModelSchema, 'auto'),
  /** One counter of the sensor, as the sensor names it (a line, a rule, a channel); left out: all not named elsewhere. */
  line: z.optional(lineSchema),
  /** Mounted the other way round: its IN is people leaving. */
  flipped: z._default(z.boolean(), false),
});

/** Sits above a whole zone and says how many are in it. */
const zoneSensorSchema = z.strictObject({
  id: sensorIdSchema,
  model: z._default(sensorModelSchema, 'auto'),
  line: z.optional(lineSchema),
});

const doorSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  /** The zone that IN leads to; left out: the first zone. */
  into: z.optional(idSchema),
  /** The zone that IN leads from; left out: the street. */
  from: z.optional(idSchema),
  /** More than this a second through one sensor of the door is no crowd but a fault. */
  peoplePerSecond: z._default(z.int().check(z.gte(1), z.lte(50)), 3),
  sensors: z.array(sensorSchema).check(z.maxLength(32)),
});

const limitsShape = { soft: countSchema, hard: countSchema.check(z.positive()) };
const softWithinHard = z.refine<{ soft: number; hard: number }>((limits) => limits.soft <= limits.hard, {
  path: ['soft'],
  error: 'expected at most limits.hard',
});
const delaySchema = z.int().check(z.nonnegative(), z.lte(600));

const limitsSchema = z
  .strictObject({
    ...limitsShape,
    /** Where "nearly full" ends again, and "full": separate, so that a state does not chatter. Left out: the same. */
    softDown: z.optional(countSchema),
    hardDown: z.optional(countSchema),
    /** How long a count must stay beyond a threshold before the state follows. */
    upAfterSeconds: z._default(delaySchema, 0),
    downAfterSeconds: z._default(delaySchema, 5),
    /** Staff among those counted: they take no customer's place and are not in the figure. */
    staff: z._default(countSchema.check(z.lte(MAX_STAFF)), 0),
    /** How many people the count may be off: places are given as if so many more were inside. */
    margin: z._default(countSchema.check(z.lte(MAX_STAFF)), 0),
  })
  .check(
    softWithinHard,
    z.refine(({ soft, softDown }) => (softDown ?? soft) <= soft, {
      path: ['softDown'],
      error: 'expected at most limits.soft',
    }),
    z.refine(({ hard, hardDown }) => (hardDown ?? hard) <= hard, {
      path: ['hardDown'],
      error: 'expected at most limits.hard',
    }),
  );

const zoneSchema = z.strictObject({
  id: idSchema.check(
    z.refine((id) => id !== STREET && id !== 'store', 'expected another id: street and store are no zones'),
  ),
  name: nameSchema,
  limits: z.optional(z.strictObject(limitsShape).check(softWithinHard)),
  /** With sensors of its own the zone is measured: they say how many are in it, its doors do not. */
  sensors: z._default(z.array(zoneSensorSchema).check(z.maxLength(32)), []),
});

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
    /** Null: never. Left out: as the first of its groups that has one. */
    dailyReset: z.optional(z.nullable(dailyResetSchema)),
    /** Left out: not known; signs then never say that it is closed. */
    hours: z.optional(openingHoursSchema),
    /** A sign that is dark for so long while the store is open raises an alert; null: never. */
    signDarkAlarmMinutes: z._default(z.nullable(z.int().check(z.gte(1), z.lte(1_440))), 10),
    storeGroups: z.array(idSchema).check(z.minLength(1), z.maxLength(16)),
    /** Parts of the store with a count of their own. Left out: the store is one. */
    zones: z._default(
      z.array(zoneSchema).check(
        z.maxLength(12, 'expected at most 12 zones'),
        z.refine((zones) => areUnique(zones.map((zone) => zone.id)), 'expected a different id for each zone'),
      ),
      [],
    ),
    doors: z.array(doorSchema).check(
      z.maxLength(16, 'expected at most 16 doors'),
      z.refine((doors) => areUnique(doors.map((door) => door.id)), 'expected a different id for each door'),
    ),
  })
  .check(
    z.refine(({ doors, zones }) => doors.length > 0 || zones.some(({ sensors }) => sensors.length > 0), {
      path: ['doors'],
      error: 'expected at least one door, or a zone with sensors of its own',
    }),
    z.refine(sensorsAreUnique, {
      path: ['doors'],
      error: 'expected each sensor at one door or zone only, or with a different line at each',
    }),
    z.refine(doorsJoinZones, {
      path: ['doors'],
      error: 'expected into and from of each door to be two different zones of the store',
    }),
    z.refine((store) => describedBytes(store) <= MAX_DESCRIBED_BYTES, {
      path: ['doors'],
      error:
        'expected fewer doors and zones, or shorter ids and names: a sign is sent no more than 930 bytes of them',
    }),
  );
export type StoreDescription = z.infer<typeof storeDescriptionSchema>;
/** As its owner may write it. */
export type StoreDescriptionInput = z.input<typeof storeDescriptionSchema>;

/** Answer to a PUT. A connection string is shown once, when its sensor is made. */
export const storeKeptSchema = z.object({
  storeId: idSchema,
  createdSensors: z.array(z.object({ sensorId: sensorIdSchema, connectionString: z.string() })),
});
export type StoreKept = z.infer<typeof storeKeptSchema>;

type Named = { readonly id: string; readonly name: string };
type Described = {
  readonly name: string;
  readonly timeZone: string;
  readonly doors: readonly Named[];
  readonly zones: readonly Named[];
};

/** As they are written in JSON: a quotation mark takes two bytes, a letter of another alphabet two or three. */
function describedBytes({ name, timeZone, doors, zones }: Described): number {
  const texts = [name, timeZone, ...[...doors, ...zones].flatMap((one) => [one.id, one.name])];
  const written = new TextEncoder().encode(texts.map((text) => JSON.stringify(text)).join(''));
  return written.length + doors.length * DOOR_BYTES + zones.length * ZONE_BYTES;
}

type Wiring = {
  readonly zones: readonly { readonly id: string; readonly sensors: readonly Place[] }[];
  readonly doors: readonly {
    readonly into?: string | undefined;
    readonly from?: string | undefined;
    readonly sensors: readonly Place[];
  }[];
};
type Place = { readonly id: string; readonly line?: string | undefined };

function sensorsAreUnique({ zones, doors }: Wiring): boolean {
  const places = [...zones, ...doors].flatMap(({ sensors }) => sensors);
  return areUnique(places.map(({ id, line }) => JSON.stringify([id, line])));
}

function doorsJoinZones({ zones, doors }: Wiring): boolean {
  const ids = new Set(zones.map((zone) => zone.id));
  const known = (id: string | undefined) => id === undefined || ids.has(id);
  return doors.every(
    ({ into, from }) => known(into) && known(from) && (from ?? STREET) !== (into ?? zones[0]?.id),
  );
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
