import { expect, test } from 'vitest';
import { calleMayor } from '../../support/calle-mayor.ts';
import { clockedStore } from '../../support/clocked-store.ts';
import { refusalOf } from '../../support/owner-calls.ts';
import { onSqlite } from '../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const FIVE = { at: '05:00', to: 0 };

onSqlite('a group of stores', (database) => {
  test('is told back as it was described, with its stores', async () => {
    const { owner, cloud } = await clockedStore(database, OPENED);
    await cloud.keep('atocha', calleMayor({ doors: [{ id: 'a', name: 'A', sensors: [] }] }));
    expect(await owner.putGroup('demo', { dailyReset: { at: '05:00' } })).toMatchObject({
      status: 200,
      jsonBody: { storeGroupId: 'demo' },
    });
    expect((await owner.readGroup('demo')).jsonBody).toEqual({
      storeGroupId: 'demo',
      description: { dailyReset: FIVE },
      storeIds: ['atocha', 'calle-mayor'],
    });
    await owner.putGroup('demo', {});
    expect((await owner.readGroup('demo')).jsonBody).toMatchObject({ description: { dailyReset: null } });
  });

  test('that only stores speak of is known, and says nothing to inherit', async () => {
    const { owner } = await clockedStore(database, OPENED);
    expect((await owner.readGroup('demo')).jsonBody).toEqual({
      storeGroupId: 'demo',
      description: { dailyReset: null },
      storeIds: ['calle-mayor'],
    });
    expect(refusalOf(await owner.readGroup('nowhere'))).toMatchObject({
      status: 404,
      code: 'unknown-store-group',
    });
    await owner.putGroup('nowhere', { dailyReset: FIVE });
    expect((await owner.readGroup('nowhere')).jsonBody).toMatchObject({ storeIds: [] });
  });

  test('gives its reset to a store that is described after it, and of several groups the first that has one', async () => {
    const store = await clockedStore(database, OPENED);
    await store.owner.putGroup('night', { dailyReset: { at: '22:00', to: 4 } });
    await store.owner.putGroup('late', { dailyReset: { at: '23:00', to: 1 } });
    await store.cloud.keep('calle-mayor', calleMayor({ storeGroups: ['demo', 'night', 'late'] }));
    await store.say({ body: { in: 9 } });
    await store.flushAt('2026-11-21T22:00:00+01:00');
    expect(await store.count()).toBe(4);
    await store.flushAt('2026-11-21T23:00:00+01:00');
    expect(await store.count()).toBe(4);
  });

  test.each([
    [{ dailyReset: { at: '25:00' } }, 'dailyReset.at'],
    [{ dailyReset: { at: '5:00' } }, 'dailyReset.at'],
    [{ dailyReset: { at: '05:00', to: -1 } }, 'dailyReset.to'],
    [{ dailyReset: { at: '05:00', too: 1 } }, 'dailyReset'],
    [{ dailyReset: '05:00' }, 'dailyReset'],
    [{ dailyreset: FIVE }, 'body'],
  ])('described as %j is refused, and the field that is wrong is named', async (description, field) => {
    const { owner } = await clockedStore(database, OPENED);
    expect(refusalOf(await owner.putGroup('demo', description))).toMatchObject({
      status: 400,
      code: 'bad-request',
      field,
    });
    expect((await owner.readGroup('demo')).jsonBody).toMatchObject({ description: { dailyReset: null } });
  });

  test('has a name that fits an address', async () => {
    const { owner } = await clockedStore(database, OPENED);
    expect(refusalOf(await owner.putGroup('Demo!', {}))).toMatchObject({
      status: 400,
      field: 'storeGroupId',
    });
    expect(refusalOf(await owner.readGroup('Demo!'))).toMatchObject({ status: 404 });
    expect(refusalOf(await owner.putGroup('demo', 'no JSON'))).toMatchObject({
      status: 400,
      code: 'not-json',
    });
  });
});
