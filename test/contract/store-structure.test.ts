import { expect, test } from 'vitest';
import { aDoor, aStore, aZone, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { onBothEngines } from '../support/store-engines.ts';

const { today } = aStore();
const AT = { today, nowMs: NOON_MS };

const gate = (sensors: readonly object[] = []) => [{ id: 'gate', name: 'Gate', sensors }];

onBothEngines('structure', (database) => {
  test('a description comes back as it was given, in its order, with every character of its names', async () => {
    const description = calleMayor({
      name: 'Café "Zoë" \\u0041 \u0000 \ud800 日本',
      limits: { soft: 0, hard: 1, softDown: 0, upAfterSeconds: 7, staff: 2, margin: 3 },
      liveForSeconds: 3_600,
      dailyReset: { at: '05:00', to: 4 },
      storeGroups: ['north', 'all', 'demo'],
      zones: [
        { id: 'hall', name: 'Hall \udfff', limits: { soft: 1, hard: 2 } },
        { id: 'bar', name: 'Bar', sensors: [{ id: 'above', line: 'zone \u0000 1', model: 'xovis' }] },
      ],
      doors: [
        { id: 'z', name: 'Zed', sensors: [] },
        {
          id: 'a',
          name: 'A',
          into: 'bar',
          from: 'hall',
          peoplePerSecond: 9,
          sensors: [
            { id: 'b-2', flipped: true },
            { id: 'B.1', line: '2' },
          ],
        },
      ],
    });
    await database.tx((tx) => tx.structure.putStore('calle-mayor', description, AT));
    expect(await database.tx((tx) => tx.structure.storeDescription('calle-mayor'))).toEqual(description);
    expect(await database.tx((tx) => tx.structure.storeDescription('elsewhere'))).toBeUndefined();
  });

  test('a new store starts at zero, on the day given, never told, due to be told, and reviewed at once', async () => {
    await database.tx((tx) => tx.structure.putStore('calle-mayor', calleMayor(), AT));
    const [state] = await database.tx((tx) => tx.counting.readStores(['calle-mayor']));
    const doors = [
      aDoor({ heardUntilMs: null }),
      aDoor({ id: 'arcade', name: 'Arcade', heardUntilMs: null }),
    ];
    const push = { sentAtMs: null, proofSentAtMs: null, due: true };
    const limits = { downAfterMs: 5_000 };
    expect(state).toEqual(
      aStore({ today, push, doors, limits, judgedDay: null, usual: null, reviewAtMs: 0 }),
    );
  });

  test('thresholds, delays, zones and wiring are as described; what is left out is filled in', async () => {
    const description = calleMayor({
      limits: { soft: 5, hard: 9, hardDown: 8, upAfterSeconds: 2, downAfterSeconds: 0, staff: 3, margin: 1 },
      dailyReset: { at: '05:00' },
      zones: [
        { id: 'hall', name: 'Hall' },
        { id: 'constructor', name: 'Bar', limits: { soft: 1, hard: 2 }, sensors: [{ id: 'above' }] },
      ],
      doors: [
        {
          id: 'street',
          name: 'Street',
          sensors: [{ id: 'twin', line: '1' }, { id: 'one' }, { id: 'twin', line: '2', flipped: true }],
        },
        { id: 'arch', name: 'Arch', into: 'constructor', from: 'hall', sensors: [] },
      ],
    });
    await database.tx((tx) => tx.structure.putStore('calle-mayor', description, AT));
    const [state] = await database.tx((tx) => tx.counting.readStores(['calle-mayor']));
    const unheard = { heardUntilMs: null, skewMs: 0, implausibleAtMs: null, rejected: null };
    expect(state).toMatchObject({
      limits: {
        soft: 5,
        hard: 9,
        softDown: 5,
        hardDown: 8,
        upAfterMs: 2_000,
        downAfterMs: 0,
        staff: 3,
        margin: 1,
      },
      dailyReset: { at: '05:00', to: 0 },
      zones: [
        aZone({ id: 'hall', name: 'Hall' }),
        aZone({
          id: 'constructor',
          name: 'Bar',
          limits: { soft: 1, hard: 2 },
          sensors: [{ id: 'above', ...unheard }],
        }),
      ],
      doors: [
        {
          into: 'hall',
          from: null,
          sensors: [
            { id: 'twin', ...unheard },
            { id: 'one', ...unheard },
          ],
        },
        { into: 'constructor', from: 'hall', sensors: [] },
      ],
    });
  });

  test('a changed store keeps all that counting and time made of it, and takes the day given; its revision rises by one and it is due', async () => {
    const push = { sentAtMs: NOON_MS, proofSentAtMs: NOON_MS + 1, due: false };
    const live = {
      zones: [aZone({ rawCount: -3, baselineAtMs: NOON_MS - 7 })],
      levelState: { level: 'full', next: { level: 'over', sinceMs: NOON_MS } },
      imbalancedDoors: ['arcade'],
      judgedDay: '2026-11-20',
      nextResetAtMs: NOON_MS + 5,
    } as const;
    await database.tx(async (tx) => {
      await tx.structure.putStore('calle-mayor', calleMayor(), AT);
      const [state] = await tx.counting.lockStores(['calle-mayor']);
      if (state === undefined) throw new Error('the store was just made');
      const doors = state.doors.map((door) => ({ ...door, silent: door.id === 'arcade' }));
      const reviewAtMs = NOON_MS + 9;
      await tx.counting.saveStoreStates([{ ...state, ...live, revision: 41, push, doors, reviewAtMs }]);
    });
    const tomorrow = { day: '2026-11-22', startsAtMs: today.endsAtMs, endsAtMs: today.endsAtMs + 1 };
    const renamed = calleMayor({ name: 'Calle Menor', limits: { soft: 5, hard: 6 }, liveForSeconds: 10 });
    await database.tx((tx) =>
      tx.structure.putStore('calle-mayor', renamed, { today: tomorrow, nowMs: NOON_MS }),
    );
    const [state] = await database.tx((tx) => tx.counting.readStores(['calle-mayor']));
    expect(state).toMatchObject({
      ...live,
      name: 'Calle Menor',
      limits: { soft: 5, hard: 6 },
      liveForMs: 10_000,
      zones: [aZone({ name: 'Calle Menor', rawCount: -3, baselineAtMs: NOON_MS - 7 })],
      revision: 42,
      today: tomorrow,
      push: { ...push, due: true },
      reviewAtMs: 0,
    });
    expect(state?.doors.map((door) => [door.id, door.silent])).toEqual([
      ['street', false],
      ['arcade', true],
    ]);
  });

  test('all that is saved of a store is read again, and nothing of its neighbour changes', async () => {
    await database.tx(async (tx) => {
      await tx.structure.putStore('calle-mayor', calleMayor(), AT);
      await tx.structure.putStore('station', calleMayor({ name: 'Station', doors: gate() }), AT);
    });
    const before = await database.tx((tx) => tx.counting.readStores(['calle-mayor', 'station']));
    const alert = {
      type: 'sensor-silent',
      source: 'arcade-1',
      severity: 'warn',
      place: { door: 'arcade' },
      phase: 'active',
      phaseSinceMs: 1,
      sinceMs: 2,
      askedAtMs: 3,
      times: 4,
      acknowledged: { by: 'Zoë \u0000 \ud800', atMs: 5 },
    } as const;
    const saved = aStore({
      zones: [aZone({ rawCount: 12, baselineAtMs: 8, silent: true })],
      limits: { downAfterMs: 5_000 },
      revision: 7,
      today: { day: '2027-01-01', startsAtMs: 10, endsAtMs: 20 },
      push: { sentAtMs: 30, proofSentAtMs: null, due: false },
      doors: [
        aDoor({ heardUntilMs: null, silent: true }),
        aDoor({ id: 'arcade', name: 'Arcade', heardUntilMs: null }),
      ],
      levelState: { level: 'nearly', next: { level: 'full', sinceMs: 40 } },
      alerts: [alert],
      imbalancedDoors: ['street'],
      judgedDay: null,
      usual: null,
      nextResetAtMs: 50,
      reviewAtMs: 60_000,
    });
    await database.tx((tx) => tx.counting.saveStoreStates([saved]));
    const after = await database.tx((tx) => tx.counting.readStores(['calle-mayor', 'station']));
    expect(after).toEqual([saved, before[1]]);
  });

  test('doors, sensors and groups that a later description leaves out are gone; the history of a door stays', async () => {
    await database.tx(async (tx) => {
      await tx.structure.putStore('calle-mayor', calleMayor({ storeGroups: ['demo', 'north'] }), AT);
      const passage = { storeId: 'calle-mayor', street: true, atMs: NOON_MS, in: 2, out: 1 };
      await tx.counting.addFlows([{ ...passage, doorId: 'arcade' }]);
    });
    const smaller = calleMayor({ doors: calleMayor().doors.slice(0, 1), storeGroups: ['north'] });
    await database.tx((tx) => tx.structure.putStore('calle-mayor', smaller, AT));
    await database.tx(async (tx) => {
      expect(await tx.structure.storeDescription('calle-mayor')).toEqual(smaller);
      expect(await tx.structure.modelsOf(['arcade-1'])).toEqual([]);
      expect(await tx.structure.storeGroupExists('demo')).toBe(false);
      expect(await tx.counting.flowsOf('calle-mayor', today.startsAtMs, today.endsAtMs)).toEqual([
        { startsAtMs: NOON_MS, in: 2, out: 1, adjusted: 0 },
      ]);
    });
  });

  test('stores and groups come in the order of their ids, byte by byte', async () => {
    // A dictionary would put "a-b" behind "a1".
    const storeIds = ['ab', 'a-b', 'a1', 'b'];
    const description = calleMayor({ storeGroups: ['north', 'n-1', 'n1'], doors: gate() });
    await database.tx(async (tx) => {
      for (const storeId of storeIds) await tx.structure.putStore(storeId, description, AT);
    });
    await database.tx(async (tx) => {
      const inOrder = ['a-b', 'a1', 'ab', 'b'];
      expect(await tx.structure.storeIdsOfGroup('n1')).toEqual(inOrder);
      expect(await tx.structure.storeIds(10)).toEqual(inOrder);
      expect(await tx.structure.storeIds(2)).toEqual(inOrder.slice(0, 2));
      expect(await tx.structure.storeIdsOfGroup('nobody')).toEqual([]);
      expect(await tx.structure.storeGroupExists('n1')).toBe(true);
      expect((await tx.counting.readStores(storeIds)).map((state) => state.storeId)).toEqual(inOrder);
      expect((await tx.counting.lockStores(storeIds)).map((state) => state.storeId)).toEqual(inOrder);
      expect(await tx.structure.groupsOfStores(['b', 'a-b', 'unknown'])).toEqual(
        ['a-b', 'b'].flatMap((storeId) =>
          ['n-1', 'n1', 'north'].map((storeGroupId) => ({ storeId, storeGroupId })),
        ),
      );
    });
  });

  test('two that make the same store at once both succeed, one after the other', async () => {
    const store = await database.open();
    const put = () => store.transaction((tx) => tx.structure.putStore('calle-mayor', calleMayor(), AT));
    await Promise.all([put(), put(), put()]);
    const [state] = await database.tx((tx) => tx.counting.readStores(['calle-mayor']));
    expect(state?.revision).toBe(3);
  });
});
