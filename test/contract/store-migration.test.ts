import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { storeDescriptionSchema } from '../../cloud/contracts/store-description.ts';
import { firstTables } from '../../cloud/store/migrations/0001-first-tables.ts';
import type { Store } from '../../cloud/store/port.ts';
import { postgresDialect, sqliteDialect } from '../../cloud/store/sql-dialect.ts';
import { type FreshDatabase, onBothEngines, onPostgres } from '../support/store-engines.ts';

const NOON_MS = Date.parse('2026-11-21T12:00:00+01:00');
const DAY = [
  "'2026-11-21'",
  Date.parse('2026-11-21T00:00:00+01:00'),
  Date.parse('2026-11-22T00:00:00+01:00'),
];

/** As the first version left it: two stores, one of them with people in it and a door that fell silent. */
const ROWS = [
  'insert into migrations values (1, 0)',
  `insert into meta values ('epoch', ${NOON_MS - 1})`,
  `insert into stores values ('calle-mayor', 'Caf\u00e9 "Zo\u00eb" \\u0000', 'Europe/Madrid', 52, 60, 90000, -3, 41,
     ${DAY}, ${NOON_MS}, ${NOON_MS + 1}, 0, ${NOON_MS + 90_000})`,
  `insert into stores values ('empty', 'Empty', 'UTC', 0, 1, 10000, 0, 1, ${DAY}, null, null, 1, 0)`,
  "insert into store_group_members values ('calle-mayor', 'north', 1), ('calle-mayor', 'all', 0), ('empty', 'all', 0)",
  "insert into doors values ('calle-mayor', 'arcade', 1, 'Arcade', 1), ('calle-mayor', 'street', 0, 'Street', 0)",
  "insert into doors values ('empty', 'door', 0, 'Door', 0)",
  `insert into sensors values ('street-1', 'calle-mayor', 'street', 1, 0), ('street-2', 'calle-mayor', 'street', 0, 1),
     ('arcade-1', 'calle-mayor', 'arcade', 0, 0)`,
  `insert into sensor_states values ('street-1', 'b\\u0000 2', 'b1', 7, 120, 110, ${NOON_MS}),
     ('street-2', null, null, null, 0, 0, ${NOON_MS - 5}), ('gone-1', 'b9', null, 3, 4, 5, null)`,
  `insert into ledger values ('street-1', 's:b1:7', ${NOON_MS})`,
  `insert into minute_flows values ('calle-mayor', 'street', ${NOON_MS}, 5, 8)`,
  `insert into step_flows values ('calle-mayor', ${NOON_MS}, 5, 8)`,
  `insert into signs values ('s-a', 'x', 'y', 'all', ${NOON_MS}), ('s-b', 'x', 'y', null, ${NOON_MS + 1})`,
  `insert into rejected values ('street-1', 'not-json', 'aa', 'no', '{', 3, ${NOON_MS - 9}, ${NOON_MS})`,
];

async function makeFirstVersion(database: FreshDatabase): Promise<void> {
  const isSqlite = database.url.startsWith('sqlite:');
  const dialect = isSqlite ? sqliteDialect : postgresDialect;
  if (isSqlite) mkdirSync(dirname(database.url.slice('sqlite:'.length)), { recursive: true });
  const { integer, end } = dialect.types;
  const migrations = `create table migrations (number ${integer} not null primary key, done_at_ms ${integer} not null) ${end}`;
  for (const statement of [migrations, ...firstTables(dialect), ...ROWS]) {
    await database.sql(isSqlite ? statement.replace("'{'", "x'7b'") : statement);
  }
}

onBothEngines('a database of the first version', (database) => {
  test('keeps its counts, and each store is told once more', async () => {
    await makeFirstVersion(database);
    const [store, empty] = await database.tx((tx) => tx.counting.readStores(['calle-mayor', 'empty']));
    expect(store).toEqual({
      storeId: 'calle-mayor',
      name: 'Café "Zoë" \u0000',
      timeZone: 'Europe/Madrid',
      limits: {
        soft: 52,
        hard: 60,
        softDown: 52,
        hardDown: 60,
        upAfterMs: 0,
        downAfterMs: 5_000,
        staff: 0,
        margin: 0,
      },
      liveForMs: 90_000,
      dailyReset: null,
      nextResetAtMs: null,
      hours: null,
      opening: null,
      signDarkAlarmMs: 600_000,
      hasDarkSign: false,
      revision: 42,
      today: { day: '2026-11-21', startsAtMs: DAY[1], endsAtMs: DAY[2] },
      push: { sentAtMs: NOON_MS, proofSentAtMs: NOON_MS + 1, due: true },
      zones: [
        expect.objectContaining({
          id: 'store',
          rawCount: -3,
          baselineAtMs: null,
          silent: false,
          sensors: [],
        }),
      ],
      doors: [
        expect.objectContaining({ id: 'street', into: 'store', from: null, silent: false }),
        expect.objectContaining({ id: 'arcade', into: 'store', from: null, silent: true }),
      ],
      levelState: { level: 'open', next: null },
      alerts: [],
      imbalancedDoors: [],
      judgedDay: null,
      usual: null,
      reviewAtMs: 0,
    });
    expect(empty).toMatchObject({ liveForMs: 10_000, zones: [{ rawCount: 0 }], doors: [{ id: 'door' }] });
  });

  test('is described as its owner would describe it now, in the order given', async () => {
    await makeFirstVersion(database);
    const description = await database.tx((tx) => tx.structure.storeDescription('calle-mayor'));
    expect(description).toEqual(
      storeDescriptionSchema.parse({
        name: 'Café "Zoë" \u0000',
        timeZone: 'Europe/Madrid',
        limits: { soft: 52, hard: 60 },
        liveForSeconds: 90,
        storeGroups: ['all', 'north'],
        doors: [
          { id: 'street', name: 'Street', sensors: [{ id: 'street-2', flipped: true }, { id: 'street-1' }] },
          { id: 'arcade', name: 'Arcade', sensors: [{ id: 'arcade-1' }] },
        ],
      }),
    );
  });

  test('keeps where its sensors are, what they last said, and what was counted of them', async () => {
    await makeFirstVersion(database);
    await database.tx(async (tx) => {
      expect(await tx.structure.placementsOf(['street-2', 'gone-1'])).toEqual([
        {
          sensorId: 'street-2',
          line: '',
          storeId: 'calle-mayor',
          spot: { kind: 'door', doorId: 'street', flipped: true, peoplePerSecond: 3 },
          fromMs: 0,
          untilMs: null,
        },
      ]);
      expect(await tx.structure.modelsOf(['street-1'])).toEqual([{ sensorId: 'street-1', model: 'auto' }]);
      const states = await tx.counting.sensorStates(['street-1', 'street-2', 'arcade-1']);
      const clock = { skewMs: 0, newestMs: null, lagging: null };
      const rest = { clock, implausibleAtMs: null, rejected: null };
      expect(states.toSorted((a, b) => (a.sensorId < b.sensorId ? -1 : 1))).toEqual([
        {
          sensorId: 'street-1',
          heardUntilMs: NOON_MS,
          counters: [
            {
              line: '',
              boot: 'b\u0000 2',
              previousBoot: 'b1',
              sequence: 7,
              totalIn: 120,
              totalOut: 110,
              people: 0,
              atMs: NOON_MS,
            },
          ],
          ...rest,
        },
        { sensorId: 'street-2', heardUntilMs: NOON_MS - 5, counters: [], ...rest },
      ]);
      const reading = { sensorId: 'street-1', enqueuedAtMs: NOON_MS };
      expect(
        await tx.counting.claimReadings([
          { ...reading, key: 's:b1:7' },
          { ...reading, key: 's:b1:8' },
        ]),
      ).toEqual([false, true]);
    });
  });

  test('keeps its history and what was rejected, and its epoch', async () => {
    await makeFirstVersion(database);
    const { epoch } = await database.open();
    expect(epoch).toBe(NOON_MS - 1);
    await database.tx(async (tx) => {
      expect(await tx.counting.flowsOf('calle-mayor', 0, NOON_MS + 1)).toEqual([
        { startsAtMs: NOON_MS, in: 5, out: 8, adjusted: 0 },
      ]);
      expect(await tx.history.doorMinutes('calle-mayor', NOON_MS, NOON_MS + 60_000)).toEqual([
        { doorId: 'street', minuteMs: NOON_MS, in: 5, out: 8 },
      ]);
      expect(await tx.rejected.list(10)).toEqual([
        expect.objectContaining({ sensorId: 'street-1', times: 3, firstSeenAtMs: NOON_MS - 9 }),
      ]);
      const [message, ...others] = await tx.rejected.messagesOf('street-1', 10);
      expect(others).toEqual([]);
      expect(message).toEqual({
        sensorId: 'street-1',
        reason: 'not-json',
        body: new TextEncoder().encode('{'),
        messageKey: 'before:aa',
        enqueuedAtMs: NOON_MS,
        contentType: null,
      });
    });
  });

  test('keeps its signs, each with a place of its own', async () => {
    await makeFirstVersion(database);
    const signs = await database.tx((tx) => tx.signs.listSigns(10));
    const rest = { name: '', settings: { board: 'manager' }, state: 'unknown', revokedAtMs: null };
    expect(signs).toMatchObject([
      { signId: 's-b', placeId: 's-b', storeGroupId: null, stateSinceMs: NOON_MS + 1, ...rest },
      { signId: 's-a', placeId: 's-a', storeGroupId: 'all', stateSinceMs: NOON_MS, ...rest },
    ]);
  });

  test('is put again without losing a count', async () => {
    await makeFirstVersion(database);
    await database.tx(async (tx) => {
      const description = await tx.structure.storeDescription('calle-mayor');
      if (description === undefined) throw new Error('the store is lost');
      const today = { day: '2026-11-21', startsAtMs: NOON_MS, endsAtMs: NOON_MS + 1 };
      await tx.structure.putStore('calle-mayor', description, { today, nowMs: NOON_MS });
      const [state] = await tx.counting.readStores(['calle-mayor']);
      expect(state?.zones.map((zone) => zone.rawCount)).toEqual([-3]);
      expect(state?.doors.map((door) => door.silent)).toEqual([false, true]);
      const [street] = await tx.counting.sensorStates(['street-1']);
      expect(street?.counters).toMatchObject([{ totalIn: 120 }]);
      const places = await tx.structure.placementsOf(['street-1']);
      expect(places.map(({ fromMs, untilMs }) => [fromMs, untilMs])).toEqual([[0, null]]);
    });
  });

  test('is carried over once, however often it is opened, and the old tables are gone', async () => {
    await makeFirstVersion(database);
    await (await database.open()).close();
    await expectCarriedOverOnce(await database.open());
    await expect(database.sql('select * from doors')).rejects.toThrow(/doors/);
  });
});

// In one process two connections to an SQLite file would wait for each other in vain.
onPostgres('a database of the first version', (database) => {
  test('that several programs open at once is carried over once', async () => {
    await makeFirstVersion(database);
    const stores = await Promise.all([database.open(), database.open(), database.open()]);
    for (const store of stores) await expectCarriedOverOnce(store);
  });
});

async function expectCarriedOverOnce(store: Store): Promise<void> {
  const [state] = await store.look((tx) => tx.counting.readStores(['calle-mayor']));
  expect(state).toMatchObject({ revision: 42, zones: [{ rawCount: -3 }] });
}
