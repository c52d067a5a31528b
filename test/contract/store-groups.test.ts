import { expect, test } from 'vitest';
import type { DailyReset } from '../../cloud/contracts/daily-reset.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { onBothEngines } from '../support/store-engines.ts';

const AT = { today: aStore().today, nowMs: NOON_MS };
const at5: DailyReset = { at: '05:00', to: 0 };
const at6: DailyReset = { at: '06:00', to: 3 };

/** Sensors apart, or the stores would take them from each other. */
const inGroups = (storeGroups: readonly string[], difference: object = {}) =>
  calleMayor({ storeGroups, doors: [{ id: 'gate', name: 'Gate', sensors: [] }], ...difference });

onBothEngines('groups of stores', (database) => {
  const put = (storeId: string, description: ReturnType<typeof calleMayor>) =>
    database.tx((tx) => tx.structure.putStore(storeId, description, AT));
  const putGroup = (storeGroupId: string, dailyReset: DailyReset | null) =>
    database.tx((tx) => tx.structure.putStoreGroup(storeGroupId, { dailyReset }));
  const state = async (storeId: string) => {
    const [found] = await database.tx((tx) => tx.counting.readStores([storeId]));
    if (found === undefined) throw new Error(`no store ${storeId}`);
    return found;
  };
  const resetOf = async (storeId: string) => (await state(storeId)).dailyReset;
  /** As it is once it was looked at. */
  const review = async (storeId: string) => {
    const after = { ...(await state(storeId)), nextResetAtMs: NOON_MS + 1, reviewAtMs: NOON_MS + 60_000 };
    await database.tx((tx) => tx.counting.saveStoreStates([after]));
  };
  const toReview = () => database.tx((tx) => tx.pushing.storesToReview(NOON_MS));

  test('what was said of a group last is what it says, of any other nothing', async () => {
    await putGroup('all', at5);
    await putGroup('all', null);
    expect(await database.tx((tx) => tx.structure.storeGroupDescription('all'))).toEqual({
      dailyReset: null,
    });
    await putGroup('all', at6);
    expect(await database.tx((tx) => tx.structure.storeGroupDescription('all'))).toEqual({ dailyReset: at6 });
    expect(await database.tx((tx) => tx.structure.storeGroupDescription('demo'))).toBeUndefined();
  });

  test('a store that says nothing of its own is reset as the first of its groups that says so', async () => {
    await putGroup('quiet', null);
    await putGroup('early', at5);
    await putGroup('late', at6);
    await put('calle-mayor', inGroups(['unknown', 'quiet', 'late', 'early']));
    expect(await resetOf('calle-mayor')).toEqual(at6);
    await put('calle-mayor', inGroups(['quiet', 'unknown']));
    expect(await resetOf('calle-mayor')).toBeNull();
  });

  test('a store that says when, or never, is not asked twice', async () => {
    await putGroup('early', at5);
    await put('when', inGroups(['early'], { dailyReset: at6 }));
    await put('never', inGroups(['early'], { dailyReset: null }));
    expect(await resetOf('when')).toEqual(at6);
    expect(await resetOf('never')).toBeNull();
    await putGroup('early', { at: '07:00', to: 0 });
    expect(await resetOf('when')).toEqual(at6);
    expect(await resetOf('never')).toBeNull();
  });

  test('a group that says otherwise changes the stores that inherit it, and those alone are looked at again', async () => {
    await putGroup('early', at5);
    await put('heir', inGroups(['early']));
    await put('other-heir', inGroups(['late', 'early']));
    await put('own', inGroups(['early'], { dailyReset: at5 }));
    await put('elsewhere', inGroups(['late']));
    for (const storeId of ['heir', 'other-heir', 'own', 'elsewhere']) await review(storeId);
    await putGroup('early', at6);
    expect(await toReview()).toEqual(['heir', 'other-heir']);
    expect(await state('heir')).toMatchObject({ dailyReset: at6, nextResetAtMs: null });
    expect(await state('own')).toMatchObject({ dailyReset: at5, nextResetAtMs: NOON_MS + 1 });
    await review('heir');
    await putGroup('late', at5);
    expect(await toReview()).toEqual(['elsewhere', 'other-heir']);
    await putGroup('early', null);
    expect(await resetOf('heir')).toBeNull();
    expect(await resetOf('other-heir')).toEqual(at5);
  });

  test('a reset that is due is not lost because its store is put; one at another time, or by another clock, is a new one', async () => {
    await put('calle-mayor', inGroups(['demo'], { dailyReset: at5 }));
    await review('calle-mayor');
    await put('calle-mayor', inGroups(['demo'], { dailyReset: at5, name: 'Renamed' }));
    expect((await state('calle-mayor')).nextResetAtMs).toBe(NOON_MS + 1);
    await put('calle-mayor', inGroups(['demo'], { dailyReset: at5, timeZone: 'UTC' }));
    expect((await state('calle-mayor')).nextResetAtMs).toBeNull();
    await review('calle-mayor');
    await put('calle-mayor', inGroups(['demo'], { dailyReset: at6, timeZone: 'UTC' }));
    expect((await state('calle-mayor')).nextResetAtMs).toBeNull();
  });

  test('a group and a store of it that are put at once agree in the end', async () => {
    const store = await database.open();
    const ids = Array.from({ length: 8 }, (_, index) => `store-${index}`);
    await Promise.all([
      ...ids.map((id) => store.transaction((tx) => tx.structure.putStore(id, inGroups(['all']), AT))),
      store.transaction((tx) => tx.structure.putStoreGroup('all', { dailyReset: at5 })),
    ]);
    const states = await database.tx((tx) => tx.counting.readStores(ids));
    expect(states.map((one) => one.dailyReset)).toEqual(ids.map(() => at5));
  });
});
