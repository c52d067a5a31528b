import { expect, test } from 'vitest';
import type { HubMessage } from '../../../../cloud/functions/hub-messages.ts';
import { clockedStore } from '../../../support/clocked-store.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const heard = (messages: readonly HubMessage[]) =>
  messages.map(({ target, groupName }) => `${target} ${groupName}`);

onSqlite('the people who watch a store', (database) => {
  test('hear what its signs hear, and so do those who watch all', async () => {
    const store = await clockedStore(database, OPENED, { storeGroups: ['a', 'b'] });
    const { cloud } = store;
    await cloud.flush();
    store.at('2026-11-21T09:00:05+01:00');
    const counted = await cloud.say({ body: { in: 1 } });
    const everyone = ['group:a', 'group:b', 'watch:calle-mayor', 'watch'];
    expect(heard(counted)).toEqual(everyone.map((group) => `snapshot ${group}`));
    expect(new Set(counted.map(({ arguments: [said] }) => JSON.stringify(said))).size).toBe(1);
    store.at('2026-11-21T09:00:40+01:00');
    expect(heard(await cloud.flush())).toEqual(everyone.map((group) => `proof ${group}`));
  });
});
