import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensureDemonstrationStore } from '../../build/demonstration/demonstration-store.ts';
import { type StoreDescription, storeDescriptionSchema } from '../../cloud/contracts/store-description.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-demonstration-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Tells a connection string once a sensor, as the cloud does. */
function aCloud() {
  const made = new Set<string>();
  const described: StoreDescription[] = [];
  return {
    described,
    async putStore(storeId: string, description: StoreDescription) {
      described.push(storeDescriptionSchema.parse(description));
      const ids = description.doors.flatMap((door) => door.sensors.map((sensor) => sensor.id));
      const createdSensors = ids
        .filter((id) => !made.has(id))
        .map((sensorId) => ({
          sensorId,
          connectionString: `HostName=hub;DeviceId=${sensorId};SharedAccessKey=k`,
        }));
      for (const { sensorId } of createdSensors) made.add(sensorId);
      return { storeId, createdSensors };
    },
  };
}

const ensure = (api: ReturnType<typeof aCloud>, file = join(folder, 'demonstration.json')) =>
  ensureDemonstrationStore({ api, file, timeZone: 'Europe/Madrid', newSuffix: () => '-new' });

describe('the demonstration store', () => {
  test('has one sensor at each door, whose key only the owner of the machine can read', async () => {
    const sensors = await ensure(aCloud());
    expect(sensors).toMatchObject([
      { doorId: 'street', connectionString: expect.stringContaining('DeviceId=calle-mayor-street;') },
      { doorId: 'arcade', connectionString: expect.stringContaining('DeviceId=calle-mayor-arcade;') },
    ]);
    if (process.platform !== 'win32')
      expect(statSync(join(folder, 'demonstration.json')).mode & 0o777).toBe(0o600);
  });

  test('keeps its sensors when it is started again', async () => {
    const cloud = aCloud();
    const first = await ensure(cloud);
    expect(await ensure(cloud)).toEqual(first);
    expect(cloud.described).toHaveLength(2);
  });

  test('takes new sensors when their keys were lost, and keeps those', async () => {
    const cloud = aCloud();
    await ensure(cloud, join(folder, 'lost.json'));
    const replaced = await ensure(cloud);
    expect(replaced.map((sensor) => sensor.connectionString)).toEqual([
      'HostName=hub;DeviceId=calle-mayor-street-new;SharedAccessKey=k',
      'HostName=hub;DeviceId=calle-mayor-arcade-new;SharedAccessKey=k',
    ]);
    expect(await ensure(cloud)).toEqual(replaced);
  });

  test('believes the cloud where it made a sensor anew, and not what was kept of an older one', async () => {
    await ensure(aCloud());
    const kept = readFileSync(join(folder, 'demonstration.json'), 'utf8');
    const young = aCloud();
    const put = young.putStore;
    young.putStore = async (storeId, description) => {
      const answer = await put(storeId, description);
      return {
        ...answer,
        createdSensors: answer.createdSensors.map((sensor) => ({ ...sensor, connectionString: 'young' })),
      };
    };
    expect(kept).not.toContain('young');
    expect((await ensure(young)).map((sensor) => sensor.connectionString)).toEqual(['young', 'young']);
  });
});
