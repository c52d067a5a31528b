import { InvocationContext } from '@azure/functions';
import { expect, test } from 'vitest';
import { assignment } from '../../../cloud/functions/assignment.ts';
import type { HubMessage } from '../../../cloud/functions/hub-messages.ts';
import { PlatformError } from '../../../cloud/functions/platform/connection-string.ts';
import type { SignalRDataPlane } from '../../../cloud/functions/platform/signalr-data-plane.ts';
import type { Store } from '../../../cloud/store/port.ts';
import { aStore, NOON_MS } from '../../support/builders.ts';
import { calleMayor } from '../../support/calle-mayor.ts';
import { requestTo } from '../../support/cloud-on-store.ts';
import { onSqlite } from '../../support/store-engines.ts';

const ANNA = { personId: 'p-anna-anna', name: 'Anna', role: 'manager', storeIds: null } as const;
const SIGN_ID = `s-${'A'.repeat(43)}`;

onSqlite('the place of a sign', (database) => {
  /** A store with the groups `north` and `south`, and a sign. */
  const openStore = async () => {
    const store = await database.open();
    const publicKey = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } as const;
    await store.transaction(async (tx) => {
      const description = calleMayor({ storeGroups: ['north', 'south'] });
      await tx.structure.putStore('calle-mayor', description, { today: aStore().today, nowMs: NOON_MS });
      await tx.signs.enrol({ signId: SIGN_ID, publicKey, atMs: NOON_MS });
    });
    return store;
  };
  const assign = async (store: Store, signalR: SignalRDataPlane, storeGroupId: string) => {
    const told: HubMessage[] = [];
    const put = assignment({ store, signalR, now: () => NOON_MS }, (_, messages) => told.push(...messages));
    const request = requestTo('PUT', { signId: SIGN_ID }, { storeGroupId });
    const { status } = await put(request, new InvocationContext({}), ANNA);
    return { status, told };
  };

  test('is in the push service what it is in the database, also when two owners assign it at once', async () => {
    const store = await openStore();
    const placed: (readonly string[])[] = [];
    const asked = Promise.withResolvers<void>();
    const overtaken = Promise.withResolvers<void>();
    const signalR: SignalRDataPlane = {
      async placeUser(_, groups) {
        if (groups[0] === 'group:north') {
          asked.resolve();
          await overtaken.promise;
        }
        placed.push(groups);
      },
      closeConnections: async () => undefined,
    };
    const first = assign(store, signalR, 'north');
    await asked.promise;
    await assign(store, signalR, 'south');
    overtaken.resolve();
    await first;
    expect(await store.look((tx) => tx.signs.sign(SIGN_ID))).toMatchObject({ storeGroupId: 'south' });
    expect(placed.at(-1)).toEqual(['group:south']);
  });

  test('that the push service did not hear of is answered so, and the sign is told to pull all the same', async () => {
    const store = await openStore();
    const signalR: SignalRDataPlane = {
      placeUser: () => Promise.reject(new PlatformError('ERR_SIGNALR', 'SignalR Service cannot be reached')),
      closeConnections: async () => undefined,
    };
    expect(await assign(store, signalR, 'north')).toMatchObject({
      status: 503,
      told: expect.arrayContaining([
        { target: 'assignment', userId: SIGN_ID, arguments: [{ storeGroupId: 'north' }] },
      ]),
    });
  });
});
