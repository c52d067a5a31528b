import { expect, test } from 'vitest';
import { PlatformError } from '../../../../cloud/functions/platform/connection-string.ts';
import { clockedStore } from '../../../support/clocked-store.ts';
import { refusalOf } from '../../../support/owner-calls.ts';
import { peopleApi } from '../../../support/people-api.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';

onSqlite('what a person may do', (database) => {
  async function opened(closing: () => Promise<void> = async () => undefined) {
    const { cloud } = await clockedStore(database, OPENED);
    const done: unknown[] = [];
    const signalR = {
      placeUser: async (...call: unknown[]) => void done.push(call),
      async closeConnections(personId: string) {
        done.push(`cut ${personId}`);
        await closing();
      },
    };
    const api = peopleApi({ ...cloud.services, signalR });
    const change = (personId: string, body: object) =>
      api.own('changePerson', { params: { personId }, body });
    return { api, done, change };
  }

  test('is changed at once: their key stays, and an open page is cut and hears only of what is left', async () => {
    const { api, done, change } = await opened();
    const { key, personId } = await api.personWith({ name: 'Bo', role: 'manager', storeIds: null });
    expect((await change(personId, { role: 'viewer', storeIds: ['north'] })).status).toBe(200);
    expect(done).toEqual([[personId, ['watch:north']], `cut ${personId}`]);
    const { jsonBody } = await api.ask('whoAmI', { headers: { authorization: `Bearer ${key}` } });
    expect(jsonBody).toMatchObject({ person: { name: 'Bo', role: 'viewer', storeIds: ['north'] } });
  });

  test('may be taken from the last admin of all stores by nobody', async () => {
    const { api, change } = await opened();
    const { personId } = await api.personWith({ name: 'Ana', role: 'admin', storeIds: null });
    for (const body of [
      { role: 'manager', storeIds: null },
      { role: 'admin', storeIds: ['north'] },
    ])
      expect(refusalOf(await change(personId, body))).toMatchObject({ status: 409, code: 'last-admin' });
    expect((await change(personId, { role: 'admin', storeIds: null })).status).toBe(200);
    await api.personWith({ name: 'Bo', role: 'admin', storeIds: null });
    expect((await change(personId, { role: 'viewer', storeIds: null })).status).toBe(200);
  });

  test('is refused for nobody, and in words that name the field', async () => {
    const { api, change } = await opened();
    const { personId } = await api.personWith({ name: 'Bo', role: 'viewer', storeIds: null });
    expect(refusalOf(await change('p-nobody-at-all', { role: 'viewer', storeIds: null }))).toMatchObject({
      ...{ status: 404, code: 'unknown-person' },
    });
    expect(refusalOf(await change(personId, { role: 'owner', storeIds: null }))).toMatchObject({
      ...{ status: 400, field: 'role' },
    });
    expect(refusalOf(await change(personId, { role: 'viewer' }))).toMatchObject({ field: 'storeIds' });
  });

  test('is changed also where the push service does not answer, and that is said', async () => {
    const { api, change } = await opened(() => Promise.reject(new PlatformError('ERR_SIGNALR', 'not there')));
    const { key, personId } = await api.personWith({ name: 'Bo', role: 'manager', storeIds: null });
    const refused = refusalOf(await change(personId, { role: 'viewer', storeIds: null }));
    expect(refused).toMatchObject({ status: 503, code: 'unavailable' });
    const { jsonBody } = await api.ask('whoAmI', { headers: { authorization: `Bearer ${key}` } });
    expect(jsonBody).toMatchObject({ person: { role: 'viewer' } });
  });
});
