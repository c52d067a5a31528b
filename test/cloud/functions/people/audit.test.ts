import { expect, test } from 'vitest';
import { auditSchema } from '../../../../cloud/contracts/audit.ts';
import { calleMayor } from '../../../support/calle-mayor.ts';
import { type ClockedStore, clockedStore } from '../../../support/clocked-store.ts';
import {
  CHANGED_BY_PEOPLE,
  CHANGED_BY_TABLES,
  SIGNS_CHANGED_BY_PEOPLE,
} from '../../../support/mutating-routes.ts';
import { refusalOf } from '../../../support/owner-calls.ts';
import {
  cookieOf,
  listPeopleRoutes,
  ORIGIN,
  type PeopleApi,
  peopleApi,
} from '../../../support/people-api.ts';
import { rememberingRegistry } from '../../../support/remembering-registry.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const BO = { name: 'Bo', role: 'viewer', storeIds: ['calle-mayor'] } as const;

type Ground = {
  readonly store: ClockedStore;
  readonly api: PeopleApi;
  /** Of Ana, who asks. */
  readonly key: string;
  readonly headers: Record<string, string>;
};
type Change = {
  /** What must be there before. */
  readonly before?: (ground: Ground) => Promise<unknown>;
  readonly change: (ground: Ground, before: unknown) => Promise<{ status?: number | string }>;
  readonly row: object;
};

const IN_STORE = { storeId: 'calle-mayor' };
const TILL_CLOSES = { text: 'Till 3 closes', storeGroupIds: null, forMinutes: 30 };

const CHANGES: Record<(typeof CHANGED_BY_PEOPLE)[number], Change> = {
  keepStore: {
    change: ({ api, headers }) =>
      api.ask('keepStore', { params: IN_STORE, headers, body: calleMayor({ name: 'Calle Menor' }) }),
    row: {
      act: 'store-kept',
      subject: 'store:calle-mayor',
      before: { name: 'Calle Mayor' },
      after: { name: 'Calle Menor' },
    },
  },
  keepStoreGroup: {
    change: ({ api, headers }) =>
      api.ask('keepStoreGroup', {
        ...{ params: { storeGroupId: 'all' }, headers },
        body: { dailyReset: { at: '04:00' } },
      }),
    row: {
      act: 'group-kept',
      subject: 'store-group:all',
      before: null,
      after: { dailyReset: { at: '04:00' } },
    },
  },
  correct: {
    change: ({ api, headers }) =>
      api.ask('correct', { params: IN_STORE, headers, body: { kind: 'add', people: 3, why: 'late' } }),
    row: {
      act: 'count-corrected',
      subject: 'store:calle-mayor',
      before: { zones: [{ zoneId: 'store', count: 0 }] },
      after: { kind: 'add', why: 'late', zones: [{ zoneId: 'store', count: 3 }] },
    },
  },
  acknowledge: {
    before: ({ store }) => store.say({ body: { in: 9_000 } }, { body: { in: 2_000 } }),
    change: async ({ api, headers }) => {
      const { jsonBody } = await api.own('listAlerts', { params: IN_STORE });
      const [{ type, source }] = Object(jsonBody).alerts;
      return api.ask('acknowledge', { params: IN_STORE, headers, body: { type, source } });
    },
    row: { act: 'alert-acknowledged', subject: 'store:calle-mayor', after: { source: expect.any(String) } },
  },
  shelve: {
    before: ({ store }) => store.say({ body: { in: 9_000 } }, { body: { in: 2_000 } }),
    change: async ({ api, headers }) => {
      const { jsonBody } = await api.own('listAlerts', { params: IN_STORE });
      const [{ type, source }] = Object(jsonBody).alerts;
      const body = { type, source, forMinutes: 60, why: 'cable' };
      return api.ask('shelve', { params: IN_STORE, headers, body });
    },
    row: {
      act: 'alert-shelved',
      subject: 'store:calle-mayor',
      after: { source: expect.any(String), untilMs: expect.any(Number), why: 'cable' },
    },
  },
  sendMessage: {
    change: ({ api, headers }) => api.ask('sendMessage', { headers, body: TILL_CLOSES }),
    row: {
      act: 'message-sent',
      subject: expect.stringMatching(/^message:/),
      before: null,
      after: { text: 'Till 3 closes', storeGroupIds: null, audience: 'staff', endsAtMs: expect.any(Number) },
    },
  },
  endMessage: {
    before: async ({ api }) => (await api.own('sendMessage', { body: TILL_CLOSES })).jsonBody,
    change: ({ api, headers }, sent) =>
      api.ask('endMessage', { headers, params: { messageId: Object(sent).messageId } }),
    row: {
      act: 'message-ended',
      subject: expect.stringMatching(/^message:/),
      before: { text: 'Till 3 closes', storeGroupIds: null },
      after: null,
    },
  },
  replayRejected: {
    before: ({ store }) => store.say({ sensorId: 'back-1', body: { in: 1 } }),
    change: ({ api, headers }) => api.ask('replayRejected', { headers, body: { sensorId: 'back-1' } }),
    row: { act: 'rejected-replayed', subject: 'sensor:back-1' },
  },
  makeIngestKey: {
    change: ({ api, headers }) => api.ask('makeIngestKey', { params: { sensorId: 'street-1' }, headers }),
    row: {
      act: 'ingest-key-made',
      subject: 'sensor:street-1',
      before: { hasKey: false },
      after: { hasKey: true },
    },
  },
  deleteRejected: {
    before: ({ store }) => store.say({ sensorId: 'back-1', body: { in: 1 } }),
    change: ({ api, headers }) => api.ask('deleteRejected', { headers, query: { sensorId: 'back-1' } }),
    row: { act: 'rejected-deleted', subject: 'sensor:back-1', before: { messages: 1 }, after: null },
  },
  makeSensor: {
    change: ({ api, headers }) => api.ask('makeSensor', { headers, body: { sensorId: 'back-1' } }),
    row: { act: 'sensor-made', subject: 'sensor:back-1' },
  },
  renewConnectionString: {
    change: ({ api, headers }) =>
      api.ask('renewConnectionString', { params: { sensorId: 'street-1' }, headers }),
    row: { act: 'sensor-key-renewed', subject: 'sensor:street-1' },
  },
  removeSensor: {
    before: ({ api }) => api.own('makeSensor', { body: { sensorId: 'back-1' } }),
    change: ({ api, headers }) => api.ask('removeSensor', { params: { sensorId: 'back-1' }, headers }),
    row: { act: 'sensor-removed', subject: 'sensor:back-1' },
  },
  changePerson: {
    before: ({ api }) => api.personWith({ ...BO, storeIds: [...BO.storeIds] }),
    change: ({ api, headers }, made) =>
      api.ask('changePerson', {
        ...{ headers, params: { personId: Object(made).personId } },
        body: { role: 'manager', storeIds: null },
      }),
    row: {
      act: 'person-changed',
      before: { role: 'viewer', storeIds: ['calle-mayor'] },
      after: { role: 'manager', storeIds: null },
    },
  },
  makePerson: {
    change: ({ api, headers }) => api.ask('makePerson', { headers, body: BO }),
    row: { act: 'person-made', subject: expect.stringMatching(/^person:p-/), before: null, after: BO },
  },
  removePerson: {
    before: ({ api }) => api.personWith({ ...BO, storeIds: [...BO.storeIds] }),
    change: ({ api, headers }, made) =>
      api.ask('removePerson', { headers, params: { personId: Object(made).personId } }),
    row: { act: 'person-removed', before: BO, after: null },
  },
  signIn: {
    change: ({ api, key }) => api.signIn(key),
    row: { act: 'signed-in', subject: expect.stringMatching(/^person:p-/), after: { address: 'unknown' } },
  },
  signOut: {
    before: async ({ api, key }) => cookieOf(await api.signIn(key)),
    change: ({ api }, cookie) => api.ask('signOut', { headers: { cookie: String(cookie), origin: ORIGIN } }),
    row: { act: 'signed-out' },
  },
};

const rowsOf = async (api: PeopleApi, query = {}) =>
  auditSchema.parse((await api.own('listAudit', { query })).jsonBody).rows;

onSqlite('the journal', (database) => {
  async function ground(): Promise<Ground> {
    const store = await clockedStore(database, OPENED, { limits: { soft: 100, hard: 200 } });
    const api = peopleApi({ ...store.cloud.services, registry: rememberingRegistry() });
    const { key } = await api.personWith({ name: 'Ana', role: 'admin', storeIds: null });
    return { store, api, key, headers: { authorization: `Bearer ${key}` } };
  }

  test('knows of every way in which a person may change something', () => {
    const changing = listPeopleRoutes().filter(({ method }) => method !== 'GET');
    expect([...changing.map(({ name }) => name), 'signIn'].sort()).toEqual(
      [...CHANGED_BY_PEOPLE, ...SIGNS_CHANGED_BY_PEOPLE, ...CHANGED_BY_TABLES].sort(),
    );
  });

  test.each(CHANGED_BY_PEOPLE)('holds one row of %s: who, what, before and after, and when', async (name) => {
    const here = await ground();
    const { before, change, row } = CHANGES[name];
    const made = await before?.(here);
    const known = await rowsOf(here.api);
    here.store.at('2026-11-21T09:00:30+01:00');
    const { status } = await change(here, made);
    expect([200, 201, 204]).toContain(status);
    const rows = await rowsOf(here.api);
    expect(rows.slice(1)).toEqual(known);
    expect(rows[0]).toMatchObject({
      by: 'Ana',
      personId: expect.stringMatching(/^p-/),
      atMs: Date.parse('2026-11-21T09:00:30+01:00'),
      ...row,
    });
  });

  test('holds no key and no secret', async () => {
    const { api, key, headers } = await ground();
    const cookie = cookieOf(await api.signIn(key));
    const { jsonBody } = await api.ask('makeIngestKey', { params: { sensorId: 'street-1' }, headers });
    await api.ask('makeSensor', { headers, body: { sensorId: 'back-1' } });
    await api.ask('renewConnectionString', { params: { sensorId: 'back-1' }, headers });
    const written = JSON.stringify(await rowsOf(api));
    for (const secret of [key, cookie.split('=')[1] ?? '', Object(jsonBody).key, 'SharedAccessKey'])
      expect(written).not.toContain(secret);
  });

  test('holds nothing of what was refused, or has changed nothing', async () => {
    const { api, headers } = await ground();
    const known = await rowsOf(api);
    await api.ask('correct', { params: { storeId: 'nowhere' }, headers, body: { kind: 'add', people: 1 } });
    await api.ask('keepStore', { params: IN_STORE, headers, body: {} });
    await api.ask('replayRejected', { headers, body: { sensorId: 'street-1' } });
    await api.ask('makeIngestKey', { params: { sensorId: 'nobody' }, headers });
    await api.ask('deleteRejected', { headers, query: { sensorId: 'nobody' } });
    await api.ask('renewConnectionString', { params: { sensorId: 'nobody' }, headers });
    await api.ask('removeSensor', { params: { sensorId: 'street-1' }, headers });
    await api.ask('makeSensor', { headers, body: { sensorId: '' } });
    await api.ask('changePerson', { headers, params: { personId: 'p-nobody-at-all' }, body: {} });
    await api.signIn('vk_wrong');
    expect(await rowsOf(api)).toEqual(known);
  });

  test('is read page by page, the newest first', async () => {
    const { api } = await ground();
    for (let made = 0; made < 3; made += 1)
      await api.personWith({ name: `P${made}`, role: 'viewer', storeIds: null });
    const rows = await rowsOf(api);
    expect(rows).toHaveLength(5);
    const older = await rowsOf(api, { before: String(rows[1]?.number) });
    expect(older).toEqual(rows.slice(2));
    expect(refusalOf(await api.own('listAudit', { query: { before: 'x' } }))).toMatchObject({ status: 400 });
  });

  test('names whoever the holder of the owner’s key says, and nobody else may be named', async () => {
    const { api, headers } = await ground();
    const body = { kind: 'add', people: 1, by: 'Mara' };
    await api.own('correct', { params: IN_STORE, body });
    await api.own('correct', { params: IN_STORE, body: { ...body, by: undefined } });
    const forged = await api.ask('correct', { params: IN_STORE, headers, body });
    expect(forged).toMatchObject({ jsonBody: { corrections: [{ by: 'Ana' }] } });
    expect((await rowsOf(api)).slice(0, 3).map(({ by }) => by)).toEqual(['Ana', 'Owner key', 'Mara']);
  });
});
