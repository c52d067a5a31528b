import { expect, test } from 'vitest';
import { calleMayor } from '../../support/calle-mayor.ts';
import { clockedStore } from '../../support/clocked-store.ts';
import { refusalOf } from '../../support/owner-calls.ts';
import { onSqlite } from '../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const TWO_ZONES = {
  zones: [
    { id: 'hall', name: 'Hall' },
    { id: 'stage', name: 'Stage', sensors: [{ id: 'stage-1' }] },
  ],
};

onSqlite('a correction', (database) => {
  test('is on record with who made it, why, and what it found, and the signs show it at once', async () => {
    const store = await clockedStore(database, OPENED, { dailyReset: { at: '05:00', to: 2 } });
    await store.say({ body: { in: 9 } });
    store.at('2026-11-21T12:30:40+01:00');
    const why = 'counted by hand';
    const added = await store.owner.correct('calle-mayor', { kind: 'add', people: -3, by: 'Ana', why });
    expect(added).toMatchObject({
      status: 200,
      jsonBody: { corrections: [{ before: 9, after: 6, by: 'Ana' }] },
    });
    await store.owner.correct('calle-mayor', { kind: 'set', people: 20, by: 'Bo' });
    await store.owner.correct('calle-mayor', { kind: 'reset', by: 'Cy', why: 'fire drill' });
    expect(store.owner.told.map(({ arguments: [told] }) => Object(told).content.count)).toEqual([6, 20, 2]);
    expect(await store.count()).toBe(2);
    const madeAtMs = Date.parse('2026-11-21T12:30:40+01:00');
    const common = { storeId: 'calle-mayor', zoneId: 'store', atMs: madeAtMs, madeAtMs };
    expect(await store.records()).toEqual([
      { ...common, number: 3, kind: 'reset', people: 2, before: 20, after: 2, by: 'Cy', why: 'fire drill' },
      { ...common, number: 2, kind: 'set', people: 20, before: 6, after: 20, by: 'Bo', why: '' },
      { ...common, number: 1, kind: 'add', people: -3, before: 9, after: 6, by: 'Ana', why },
    ]);
    await store.expectTrue();
  });

  test('may take a count below nobody: what then comes in is missing until somebody sets it', async () => {
    const store = await clockedStore(database, OPENED);
    await store.owner.correct('calle-mayor', { kind: 'add', people: -5, by: 'Ana' });
    await store.say({ body: { in: 2 } });
    expect(await store.count()).toBe(0);
    store.at('2026-11-21T09:01:30+01:00');
    await store.owner.correct('calle-mayor', { kind: 'set', people: 0, by: 'Ana' });
    await store.say({ body: { in: 2 } });
    expect(await store.count()).toBe(2);
    expect((await store.records())[0]).toMatchObject({ before: -3, after: 0 });
  });

  test('of a measured zone is refused, and a reset leaves it as its sensor sees it', async () => {
    const store = await clockedStore(database, OPENED, TWO_ZONES);
    await store.say({ body: { in: 4 } }, { sensorId: 'stage-1', body: { kind: 'absolute', people: 7 } });
    store.at('2026-11-21T09:00:30+01:00');
    const set = { kind: 'set', people: 1, zone: 'stage', by: 'Ana' };
    expect(refusalOf(await store.owner.correct('calle-mayor', set))).toMatchObject({
      status: 400,
      field: 'zone',
      detail: expect.stringContaining('measured'),
    });
    await store.owner.correct('calle-mayor', { kind: 'reset', by: 'Ana' });
    expect(await store.count()).toBe(7);
    expect(await store.records()).toMatchObject([{ zoneId: 'hall', before: 4, after: 0 }]);
  });

  test.each([
    [{ kind: 'halve', by: 'Ana' }, 'kind'],
    [{ kind: 'add', people: 1.5, by: 'Ana' }, 'people'],
    [{ kind: 'set', people: -1, by: 'Ana' }, 'people'],
    [{ kind: 'set', by: 'Ana' }, 'people'],
    [{ kind: 'add', people: 2_000_000, by: 'Ana' }, 'people'],
    [{ kind: 'add', people: 1, by: '' }, 'by'],
    [{ kind: 'add', people: 1, by: 'Ana', why: 'x'.repeat(301) }, 'why'],
    [{ kind: 'set', people: 1, by: 'Ana', at: '2026-11-21T09:00:30Z' }, 'at'],
    [{ kind: 'set', people: 1, by: 'Ana', at: '2026-11-21T09:00' }, 'at'],
    [{ kind: 'set', people: 1, by: 'Ana', at: '2026-11-21T09:01:00+01:00' }, 'at'],
    [{ kind: 'set', people: 1, by: 'Ana', at: '2026-11-14T08:59:00+01:00' }, 'at'],
  ])('%j is refused, and the field that is wrong is named', async (request, field) => {
    const store = await clockedStore(database, OPENED);
    const refused = refusalOf(await store.owner.correct('calle-mayor', request));
    expect(refused).toMatchObject({ status: 400, code: 'bad-request', field });
    expect(refused.detail).toMatch(/expected|invalid/i);
    expect(await store.records()).toEqual([]);
  });

  test.each([
    [undefined, 'expected one of hall, stage'],
    ['cellar', 'no such zone'],
  ])('of a store with several zones names one of them: %s does not', async (zone, message) => {
    const store = await clockedStore(database, OPENED, TWO_ZONES);
    const refused = refusalOf(
      await store.owner.correct('calle-mayor', { kind: 'add', people: 1, zone, by: 'Ana' }),
    );
    expect(refused).toMatchObject({ status: 400, code: 'unknown-zone', field: 'zone' });
    expect(refused.detail).toContain(message);
  });

  test('of an unknown store, or none in the request, is refused', async () => {
    const { owner } = await clockedStore(database, OPENED);
    const add = { kind: 'add', people: 1, by: 'Ana' };
    expect(refusalOf(await owner.correct('nowhere', add))).toMatchObject({
      status: 404,
      code: 'unknown-store',
    });
    expect(refusalOf(await owner.corrections('nowhere'))).toMatchObject({
      status: 404,
      code: 'unknown-store',
    });
    expect(refusalOf(await owner.correct('calle-mayor', 'many'))).toMatchObject({
      status: 400,
      code: 'not-json',
    });
  });

  test('stays with the store when it is described anew', async () => {
    const store = await clockedStore(database, OPENED);
    await store.owner.correct('calle-mayor', { kind: 'set', people: 12, by: 'Ana' });
    await store.cloud.keep('calle-mayor', calleMayor({ name: 'Calle Menor' }));
    expect(await store.count()).toBe(12);
    expect(await store.records()).toHaveLength(1);
  });
});
