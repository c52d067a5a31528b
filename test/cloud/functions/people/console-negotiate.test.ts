import { HttpRequest } from '@azure/functions';
import { expect, test } from 'vitest';
import { PERSON_HEADER } from '../../../../cloud/contracts/person.ts';
import { type Caller, OWNER_KEY_CALLER } from '../../../../cloud/functions/people/caller.ts';
import { consoleNegotiate } from '../../../../cloud/functions/people/console-negotiate.ts';
import { PlatformError } from '../../../../cloud/functions/platform/connection-string.ts';
import type { Store } from '../../../../cloud/store/port.ts';
import { clockedStore } from '../../../support/clocked-store.ts';
import { refusalOf } from '../../../support/owner-calls.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const INFO = { url: 'https://push.example/client', accessToken: 'for the one in the header' };
const ANA: Caller = { personId: 'p-ana-0001', name: 'Ana', role: 'viewer', storeIds: ['north', 'south'] };
const EVA: Caller = {
  personId: 'p-0f9e8d7c-6b5a-4f43-8d1f-6a5e3c2b1a0f',
  name: 'Eva',
  role: 'admin',
  storeIds: null,
};
const BO: Caller = { ...EVA, personId: 'p-8d1f6a5e-6f0c-4f43-9d3c-3c2b1a0f9e8d', name: 'Bo' };

const letIn = (store: Store, { storeIds, ...caller }: Caller) =>
  store.transaction((tx) =>
    tx.people.add({
      ...caller,
      storeIds: storeIds === null ? null : [...storeIds],
      keySha256: null,
      madeAtMs: Date.parse(OPENED),
    }),
  );

onSqlite('a page of the console that asks for the hub', (database) => {
  async function negotiation(placing: () => Promise<void> = async () => undefined) {
    const { store } = (await clockedStore(database, OPENED)).cloud.services;
    await letIn(store, ANA);
    const placed: unknown[] = [];
    const signalR = {
      async placeUser(...call: unknown[]) {
        placed.push(call);
        await placing();
      },
      closeConnections: async () => undefined,
    };
    const negotiate = (caller: Caller, named: string | undefined) => {
      const headers = named === undefined ? {} : { [PERSON_HEADER]: named };
      const request = new HttpRequest({ method: 'POST', url: 'http://localhost/api', headers });
      return consoleNegotiate({ signalR, store })(request, caller, INFO);
    };
    return { store, placed, negotiate };
  }

  test('is let onto it, and hears of the stores of its person', async () => {
    const { placed, negotiate } = await negotiation();
    expect(await negotiate(ANA, ANA.personId)).toMatchObject({ status: 200, jsonBody: INFO });
    expect(placed).toEqual([[ANA.personId, ['watch:north', 'watch:south']]]);
  });

  test('hears of all stores, also of those to come, where its person may see all', async () => {
    const { placed, negotiate } = await negotiation();
    expect((await negotiate(OWNER_KEY_CALLER, OWNER_KEY_CALLER.personId)).status).toBe(200);
    expect(placed).toEqual([[OWNER_KEY_CALLER.personId, ['watch']]]);
  });

  test.each(['p-somebody-else', 's-a-sign', '', undefined])(
    'gets no token for %j, who is another person',
    async (named) => {
      const { placed, negotiate } = await negotiation();
      const refused = await negotiate(ANA, named);
      expect(refusalOf(refused)).toMatchObject({ status: 403, code: 'not-allowed' });
      expect(JSON.stringify(refused)).not.toContain(INFO.accessToken);
      expect(placed).toEqual([]);
    },
  );

  test('is told of a push service that does not answer', async () => {
    const { negotiate } = await negotiation(() =>
      Promise.reject(new PlatformError('ERR_SIGNALR', 'not there')),
    );
    expect(refusalOf(await negotiate(ANA, ANA.personId))).toMatchObject({ status: 503, code: 'unavailable' });
  });

  test('hears nothing if its person is removed while it asks', async () => {
    const { store, placed, negotiate } = await negotiation(async () => {
      await store.transaction((tx) => tx.people.remove(ANA.personId));
    });
    const refused = await negotiate(ANA, ANA.personId);
    expect(refusalOf(refused)).toMatchObject({ status: 401, code: 'not-signed-in' });
    expect(JSON.stringify(refused)).not.toContain(INFO.accessToken);
    expect(placed.at(-1)).toEqual([ANA.personId, []]);
  });

  test('hears only of what is left if stores are taken from its person while it asks', async () => {
    const { store, placed, negotiate } = await negotiation(async () => {
      await store.transaction((tx) =>
        tx.people.change(ANA.personId, { role: 'viewer', storeIds: ['north'] }),
      );
    });
    expect((await negotiate(ANA, ANA.personId)).status).toBe(200);
    expect(placed.at(-1)).toEqual([ANA.personId, ['watch:north']]);
  });

  test('of an admin of Entra ID needs no record of them only until somebody of Entra ID is on record', async () => {
    const { store, placed, negotiate } = await negotiation();
    expect((await negotiate(EVA, EVA.personId)).status).toBe(200);
    await letIn(store, BO);
    expect((await negotiate(EVA, EVA.personId)).status).toBe(401);
    expect(placed.at(-1)).toEqual([EVA.personId, []]);
    expect((await negotiate(BO, BO.personId)).status).toBe(200);
  });
});
