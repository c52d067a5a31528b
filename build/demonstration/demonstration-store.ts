import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { StoreDescriptionInput } from '../../cloud/contracts/store-description.ts';
import { DOORS, type DoorId, LIMITS } from './day.ts';
import type { HostApi } from './host-api.ts';
import { keepFile } from './keep-file.ts';

export const DEMONSTRATION = { storeId: 'calle-mayor', storeGroupId: 'demo' } as const;
const LIVE_FOR_SECONDS = 60;

const sensorSchema = z.object({
  doorId: z.enum(['street', 'arcade']),
  sensorId: z.string(),
  /** Missing until the cloud has made the sensor: it is told once. */
  connectionString: z.string().optional(),
});
const keptSchema = z.object({ sensors: z.array(sensorSchema) });
type Sensor = z.infer<typeof sensorSchema>;

export type DemonstrationSensor = { readonly doorId: DoorId; readonly connectionString: string };

type Wanted = {
  readonly api: Pick<HostApi, 'putStore'>;
  /** Where the connection strings are kept between two starts. */
  readonly file: string;
  readonly timeZone: string;
  /** Tells sensors apart from those of the same name whose keys were lost. */
  readonly newSuffix: () => string;
};

/**
 * Makes sure that the store is there, and gives the connection strings of its sensors. The cloud tells a connection
 * string once; where one is lost, a sensor with a new id takes that sensor's place.
 */
export async function ensureDemonstrationStore(wanted: Wanted): Promise<readonly DemonstrationSensor[]> {
  const kept = await keptSensors(wanted.file);
  const sensors = await putStore(wanted, kept ?? DOORS.map(({ id }) => sensorOf(id, '')));
  if (sensors.every(isConnectable)) return sensors;
  const replaced = await putStore(
    wanted,
    sensors.map((sensor) => (isConnectable(sensor) ? sensor : sensorOf(sensor.doorId, wanted.newSuffix()))),
  );
  return replaced.filter(isConnectable);
}

const sensorOf = (doorId: DoorId, suffix: string): Sensor => ({
  doorId,
  sensorId: `${DEMONSTRATION.storeId}-${doorId}${suffix}`,
});

const isConnectable = (sensor: Sensor): sensor is Sensor & { connectionString: string } =>
  sensor.connectionString !== undefined;

async function keptSensors(file: string): Promise<readonly Sensor[] | undefined> {
  if (!existsSync(file)) return undefined;
  return keptSchema.parse(JSON.parse(await readFile(file, 'utf8'))).sensors;
}

async function putStore({ api, file, timeZone }: Wanted, sensors: readonly Sensor[]) {
  const { createdSensors } = await api.putStore(DEMONSTRATION.storeId, describedWith(sensors, timeZone));
  const made = new Map(createdSensors.map((sensor) => [sensor.sensorId, sensor.connectionString]));
  const known = sensors.map((sensor): Sensor => {
    const connectionString = made.get(sensor.sensorId) ?? sensor.connectionString;
    return { ...sensor, ...(connectionString === undefined ? {} : { connectionString }) };
  });
  await keepFile(file, `${JSON.stringify({ sensors: known }, null, 2)}\n`);
  return known;
}

function describedWith(sensors: readonly Sensor[], timeZone: string): StoreDescriptionInput {
  return {
    name: 'Calle Mayor',
    timeZone,
    limits: LIMITS,
    liveForSeconds: LIVE_FOR_SECONDS,
    dailyReset: { at: '05:00' },
    storeGroups: [DEMONSTRATION.storeGroupId],
    doors: DOORS.map(({ id, name }) => ({
      id,
      name,
      sensors: sensors
        .filter(({ doorId }) => doorId === id)
        .map(({ sensorId }) => ({ id: sensorId, model: 'vitrine' })),
    })),
  };
}
