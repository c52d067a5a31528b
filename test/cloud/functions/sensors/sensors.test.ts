import { expect, test } from 'vitest';
import type { PersonRequest } from '../../../../cloud/contracts/person.ts';
import { sensorSecretSchema, sensorsSchema } from '../../../../cloud/contracts/sensor.ts';
import { PlatformError } from '../../../../cloud/functions/platform/connection-string.ts';
import { calleMayor } from '../../../support/calle-mayor.ts';
import { clockedStore } from '../../../support/clocked-store.ts';
import { refusalOf } from '../../../support/owner-calls.ts';
import { type PeopleApi, peopleApi } from '../../../support/people-api.ts';
import { rememberingRegistry } from '../../../support/remembering-registry.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const LATER = '2026-11-21T09:10:00+01:00';

onSqlite('sensors', (database) => {
  async function opened() {
    const store = await clockedStore(database, OPENED);
    const registry = rememberingRegistry();
    const api = peopleApi({ ...store.cloud.services, registry });
    await api.own('keepStore', { params: { storeId: 'calle-mayor' }, body: calleMayor() });
    await api.own('keepStore', {
      params: { storeId: 'north' },
      body: calleMayor({
        storeGroups: ['cold'],
        doors: [
          { id: 'n', name: 'N', sensors: [{ id: 'north-1', line: 'A', flipped: true, model: 'axis' }] },
        ],
      }),
    });
    const as = async (request: Partial<PersonRequest> = {}) => {
      const { key } = await api.personWith({ name: 'Ana', role: 'admin', storeIds: null, ...request });
      return { authorization: `Bearer ${key}` };
    };
    return { store, registry, api, as };
  }
  const listed = async (api: PeopleApi, headers?: Record<string, string>) => {
    const answer = headers ? await api.ask('listSensors', { headers }) : await api.own('listSensors');
    const { sensors, ...rest } = sensorsSchema.parse(answer.jsonBody);
    return { ...rest, sensors, sensor: (id: string) => sensors.find(({ sensorId }) => sensorId === id) };
  };

  test('are shown where they count, with when they were heard and how they may speak', async () => {
    const { store, api } = await opened();
    store.at(LATER);
    await store.say({ body: { in: 1 } });
    await api.own('makeIngestKey', { params: { sensorId: 'north-1' } });
    const { sensor } = await listed(api);
    expect(sensor('street-1')).toMatchObject({
      places: [{ storeId: 'calle-mayor', zoneId: null, line: null, model: 'auto', flipped: false }],
      ...{
        hasConnectionString: true,
        hasIngestKey: false,
        heardAtMs: Date.parse(LATER),
        kept: 0,
        keptWhy: '',
      },
    });
    expect(sensor('north-1')).toMatchObject({
      places: [{ storeId: 'north', doorId: 'n', zoneId: null, line: 'A', model: 'axis', flipped: true }],
      ...{ hasConnectionString: true, hasIngestKey: true, heardAtMs: null },
    });
  });

  test('that knock are shown with what is kept of them, and those that were only let in as well', async () => {
    const { store, api } = await opened();
    await api.own('makeSensor', { body: { sensorId: 'spare-1' } });
    store.at(LATER);
    await store.say({ sensorId: 'back-1', body: { in: 1 } }, { sensorId: 'back-1', body: 'no reading' });
    const { sensor, nowMs } = await listed(api);
    expect(nowMs).toBe(Date.parse(LATER));
    expect(sensor('back-1')).toMatchObject({ places: [], kept: 2, heardAtMs: Date.parse(LATER) });
    expect(sensor('back-1')?.keptWhy).not.toBe('');
    expect(sensor('spare-1')).toMatchObject({
      places: [],
      kept: 0,
      heardAtMs: null,
      hasConnectionString: true,
    });
  });

  test('of other stores, and those without a place, are not for people of single stores', async () => {
    const { store, api, as } = await opened();
    await api.own('makeSensor', { body: { sensorId: 'spare-1' } });
    await store.say({ sensorId: 'back-1', body: { in: 1 } });
    const own = await listed(api, await as({ role: 'viewer', storeIds: ['north'] }));
    expect(own.sensors.map(({ sensorId }) => sensorId)).toEqual(['north-1']);
    expect((await listed(api, await as({ role: 'viewer' }))).sensors).toHaveLength(5);
  });

  test('are shown without the hub too, and it is said that some may be missing', async () => {
    const { registry, api } = await opened();
    await api.own('makeSensor', { body: { sensorId: 'spare-1' } });
    expect(await listed(api)).not.toHaveProperty('hubIsSilent');
    registry.fail();
    const { sensor, hubIsSilent } = await listed(api);
    expect(hubIsSilent).toBe(true);
    expect(sensor('street-1')).toMatchObject({ hasConnectionString: true });
    expect(sensor('spare-1')).toBeUndefined();
  });

  test('are made once: the connection string of one that is there is not shown again', async () => {
    const { registry, api } = await opened();
    const made = await api.own('makeSensor', { body: { sensorId: 'spare-1' } });
    expect(sensorSecretSchema.parse(made.jsonBody).connectionString).toContain('DeviceId=spare-1');
    for (const sensorId of ['spare-1', 'street-1'])
      expect(refusalOf(await api.own('makeSensor', { body: { sensorId } }))).toMatchObject({
        ...{ status: 409, code: 'sensor-taken', field: 'sensorId' },
      });
    expect(registry.keys.get('spare-1')).toBe(1);
    registry.fail();
    expect(refusalOf(await api.own('makeSensor', { body: { sensorId: 'spare-2' } }))).toMatchObject({
      status: 503,
    });
  });

  test('get a new connection string from who may see their store, and from nobody else', async () => {
    const { registry, api, as } = await opened();
    await api.own('makeSensor', { body: { sensorId: 'spare-1' } });
    const headers = await as({ storeIds: ['north'] });
    const renew = (sensorId: string) => api.ask('renewConnectionString', { params: { sensorId }, headers });
    const { jsonBody } = await renew('north-1');
    expect(sensorSecretSchema.parse(jsonBody).connectionString).toContain('key-2');
    for (const sensorId of ['street-1', 'spare-1', 'nobody-1', 'not an id'])
      expect(refusalOf(await renew(sensorId))).toMatchObject({ status: 404, code: 'unknown-sensor' });
    expect([registry.keys.get('street-1'), registry.keys.get('spare-1')]).toEqual([1, 1]);
    const own = await api.own('renewConnectionString', { params: { sensorId: 'spare-1' } });
    expect(sensorSecretSchema.parse(own.jsonBody).connectionString).toContain('key-2');
  });

  test('that are moved to another store while their keys are renewed have keys that nobody was shown', async () => {
    const { store, registry, api, as } = await opened();
    const headers = await as({ storeIds: ['north'] });
    const { doors, ...rest } = calleMayor({ storeGroups: ['cold'] });
    const moving = peopleApi({
      ...store.cloud.services,
      registry: {
        ...registry,
        async renewKeys(sensorId: string) {
          const door = { id: 'n', name: 'N', sensors: [{ id: 'north-2' }] };
          await api.own('keepStore', { params: { storeId: 'north' }, body: { ...rest, doors: [door] } });
          const more = { id: 'side', name: 'Side', sensors: [{ id: sensorId }] };
          const body = calleMayor({ doors: [...doors, more] });
          expect((await api.own('keepStore', { params: { storeId: 'calle-mayor' }, body })).status).toBe(200);
          return registry.renewKeys(sensorId);
        },
      },
    });
    const renewed = await moving.ask('renewConnectionString', { params: { sensorId: 'north-1' }, headers });
    expect(refusalOf(renewed)).toMatchObject({ status: 404, code: 'unknown-sensor' });
    expect(registry.keys.get('north-1')).toBe(2);
  });

  test('that the hub has lost get a new connection string all the same', async () => {
    const { registry, api } = await opened();
    registry.keys.delete('street-1');
    const { jsonBody } = await api.own('renewConnectionString', { params: { sensorId: 'street-1' } });
    expect(sensorSecretSchema.parse(jsonBody).connectionString).toContain('DeviceId=street-1');
  });

  test('are removed only where they count nowhere', async () => {
    const { registry, api } = await opened();
    await api.own('makeSensor', { body: { sensorId: 'spare-1' } });
    const remove = (sensorId: string) => api.own('removeSensor', { params: { sensorId } });
    expect(refusalOf(await remove('street-1'))).toMatchObject({ status: 409, code: 'sensor-taken' });
    expect(registry.keys.has('street-1')).toBe(true);
    expect((await remove('spare-1')).status).toBe(200);
    expect(registry.keys.has('spare-1')).toBe(false);
    expect(refusalOf(await remove('spare-1'))).toMatchObject({ status: 404, code: 'unknown-sensor' });
  });

  test('are removed with a row on record, also where the hub does not say what became of it', async () => {
    const { store, registry, api } = await opened();
    await api.own('makeSensor', { body: { sensorId: 'spare-1' } });
    const rows = async () =>
      (await store.cloud.services.store.look((tx) => tx.audit.list(100)))
        .filter(({ act }) => act === 'sensor-removed')
        .map(({ after }) => after);
    const losing = peopleApi({
      ...store.cloud.services,
      registry: {
        ...registry,
        async deleteDevice(id) {
          await registry.deleteDevice(id);
          throw new PlatformError('ERR_REGISTRY', 'IoT Hub cannot be reached');
        },
      },
    });
    const removed = await losing.own('removeSensor', { params: { sensorId: 'spare-1' } });
    expect(refusalOf(removed)).toMatchObject({ status: 503, code: 'unavailable' });
    expect(await rows()).toEqual([{ failed: 'IoT Hub cannot be reached' }, null]);
    const again = await api.own('removeSensor', { params: { sensorId: 'spare-1' } });
    expect(refusalOf(again)).toMatchObject({ status: 404, code: 'unknown-sensor' });
    expect(await rows()).toHaveLength(2);
  });

  test('are forgotten with what was refused of them, once a manager of all stores says so', async () => {
    const { store, api } = await opened();
    await store.say({ sensorId: 'back-1', body: { in: 1 } }, { sensorId: 'back-2', body: { in: 1 } });
    const forget = (query: Record<string, string>) => api.own('deleteRejected', { query });
    expect((await forget({ sensorId: 'back-1' })).jsonBody).toEqual({ deleted: 1 });
    expect((await forget({ sensorId: 'back-1' })).jsonBody).toEqual({ deleted: 0 });
    expect(refusalOf(await forget({}))).toMatchObject({ status: 400, field: 'sensorId' });
    // PostgreSQL takes no such sign in a text.
    const strange = 'back-2\u0000';
    expect(refusalOf(await forget({ sensorId: strange }))).toMatchObject({ status: 400, field: 'sensorId' });
    const replay = await api.own('replayRejected', { body: { sensorId: strange } });
    expect(refusalOf(replay)).toMatchObject({ status: 400, field: 'sensorId' });
    const { sensor } = await listed(api);
    expect([sensor('back-1'), sensor('back-2')?.kept]).toEqual([undefined, 1]);
  });
});
