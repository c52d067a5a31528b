import { expect, test } from 'vitest';
import type { StoreDescription } from '../../cloud/contracts/store-description.ts';
import { unheardSensor } from '../../cloud/domain/sensor-state.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { onBothEngines } from '../support/store-engines.ts';

const { today } = aStore();

const stationWith = (difference: Partial<StoreDescription>) =>
  calleMayor({
    name: 'Station',
    doors: [{ id: 'gate', name: 'Gate', sensors: [{ id: 'gate-1', flipped: false }] }],
    ...difference,
  });

onBothEngines('structure', (database) => {
  test('a description comes back as it was given, in its order, with every character of its names', async () => {
    const description = calleMayor({
      name: 'Café "Zoë" \\u0041 \u0000 日本',
      limits: { soft: 0, hard: 1 },
      liveForSeconds: 3_600,
      storeGroups: ['north', 'all', 'demo'],
      doors: [
        { id: 'z', name: 'Zed', sensors: [] },
        {
          id: 'a',
          name: 'A',
          sensors: [
            { id: 'b-2', flipped: true },
            { id: 'B.1', flipped: false },
          ],
        },
      ],
    });
    await database.tx((tx) => tx.structure.putStore('calle-mayor', description, today));
    expect(await database.tx((tx) => tx.structure.storeDescription('calle-mayor'))).toEqual(description);
    expect(await database.tx((tx) => tx.structure.storeDescription('elsewhere'))).toBeUndefined();
  });

  test('a new store starts at zero, on the day given, never told, and due to be told', async () => {
    await database.tx((tx) => tx.structure.putStore('calle-mayor', calleMayor(), today));
    const [state] = await database.tx((tx) => tx.counting.readStores(['calle-mayor']));
    const doors = [
      { id: 'street', name: 'Street', silent: false, heardUntilMs: null },
      { id: 'arcade', name: 'Arcade', silent: false, heardUntilMs: null },
    ];
    const push = { sentAtMs: null, proofSentAtMs: null, due: true };
    expect(state).toEqual(aStore({ today, push, doors }));
  });

  test('a changed store keeps its count, push times and silent doors, and takes the day given; its revision rises by one and it is due', async () => {
    const push = { sentAtMs: NOON_MS, proofSentAtMs: NOON_MS + 1, due: false };
    await database.tx(async (tx) => {
      await tx.structure.putStore('calle-mayor', calleMayor(), today);
      const [state] = await tx.counting.lockStores(['calle-mayor']);
      if (state === undefined) throw new Error('the store was just made');
      const doors = state.doors.map((door) => ({ ...door, silent: door.id === 'arcade' }));
      await tx.counting.saveStoreStates([{ ...state, rawCount: -3, revision: 41, push, doors }]);
    });
    const tomorrow = { day: '2026-11-22', startsAtMs: today.endsAtMs, endsAtMs: today.endsAtMs + 1 };
    const renamed = calleMayor({ name: 'Calle Menor', limits: { soft: 5, hard: 6 }, liveForSeconds: 10 });
    await database.tx((tx) => tx.structure.putStore('calle-mayor', renamed, tomorrow));
    const [state] = await database.tx((tx) => tx.counting.readStores(['calle-mayor']));
    expect(state).toMatchObject({
      name: 'Calle Menor',
      limits: { soft: 5, hard: 6 },
      liveForMs: 10_000,
      rawCount: -3,
      revision: 42,
      today: tomorrow,
      push: { ...push, due: true },
    });
    expect(state?.doors.map((door) => [door.id, door.silent])).toEqual([
      ['street', false],
      ['arcade', true],
    ]);
  });

  test('doors, sensors and groups that a later description leaves out are gone; the history of a door stays', async () => {
    await database.tx(async (tx) => {
      await tx.structure.putStore('calle-mayor', calleMayor({ storeGroups: ['demo', 'north'] }), today);
      const passage = { storeId: 'calle-mayor', startsAtMs: NOON_MS, in: 2, out: 1 };
      await tx.counting.addFlows([{ ...passage, doorId: 'arcade' }]);
    });
    const smaller = calleMayor({ doors: calleMayor().doors.slice(0, 1), storeGroups: ['north'] });
    await database.tx((tx) => tx.structure.putStore('calle-mayor', smaller, today));
    await database.tx(async (tx) => {
      expect(await tx.structure.storeDescription('calle-mayor')).toEqual(smaller);
      expect(await tx.structure.placementsOf(['arcade-1'])).toEqual([]);
      expect(await tx.structure.storeGroupExists('demo')).toBe(false);
      expect(await tx.counting.flowsOf('calle-mayor', today.startsAtMs, today.endsAtMs)).toEqual([
        { startsAtMs: NOON_MS, in: 2, out: 1 },
      ]);
    });
  });

  test('a sensor that another store names moves there, with what is remembered of it', async () => {
    const heard = { ...unheardSensor('street-1'), boot: 'b1', totalIn: 7, heardUntilMs: NOON_MS };
    await database.tx(async (tx) => {
      await tx.structure.putStore('calle-mayor', calleMayor(), today);
      await tx.counting.saveSensorStates([heard]);
      const sensors = [{ id: 'street-1', flipped: true }];
      await tx.structure.putStore(
        'station',
        stationWith({ doors: [{ id: 'gate', name: 'Gate', sensors }] }),
        today,
      );
    });
    await database.tx(async (tx) => {
      expect(await tx.structure.placementsOf(['street-1'])).toEqual([
        { sensorId: 'street-1', doorId: 'gate', storeId: 'station', flipped: true },
      ]);
      const [mayor, station] = await tx.counting.readStores(['station', 'calle-mayor']);
      expect(mayor?.doors.find((door) => door.id === 'street')?.heardUntilMs).toBeNull();
      expect(station?.doors).toEqual([{ id: 'gate', name: 'Gate', silent: false, heardUntilMs: NOON_MS }]);
      expect(await tx.counting.sensorStates(['street-1'])).toEqual([heard]);
    });
  });

  test('placements are given for the sensors that have one', async () => {
    await database.tx((tx) => tx.structure.putStore('calle-mayor', calleMayor(), today));
    const placements = await database.tx((tx) =>
      tx.structure.placementsOf(['arcade-1', 'nowhere-1', 'street-1']),
    );
    expect(placements.map((placement) => placement.sensorId).sort()).toEqual(['arcade-1', 'street-1']);
    expect(await database.tx((tx) => tx.structure.placementsOf([]))).toEqual([]);
  });

  test('stores and groups come in the order of their ids, byte by byte', async () => {
    // A dictionary would put "a-b" behind "a1".
    const storeIds = ['ab', 'a-b', 'a1', 'b'];
    await database.tx(async (tx) => {
      for (const storeId of storeIds) {
        await tx.structure.putStore(
          storeId,
          stationWith({
            storeGroups: ['north', 'n-1', 'n1'],
            doors: [{ id: 'gate', name: 'Gate', sensors: [] }],
          }),
          today,
        );
      }
    });
    await database.tx(async (tx) => {
      const inOrder = ['a-b', 'a1', 'ab', 'b'];
      expect(await tx.structure.storeIdsOfGroup('n1')).toEqual(inOrder);
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
});
