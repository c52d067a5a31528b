import { expect, test } from 'vitest';
import { listedAlertsSchema } from '../../../cloud/contracts/alert.ts';
import { type ClockedStore, clockedStore } from '../../support/clocked-store.ts';
import { refusalOf } from '../../support/owner-calls.ts';
import { onSqlite } from '../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const SILENT = { type: 'sensor-silent', source: 'street-1' };
const FOR_AN_HOUR = { ...SILENT, forMinutes: 60, why: 'The cable is cut.', by: 'Ana' };

onSqlite('an alert that is put aside for a time', (database) => {
  const listed = async ({ owner }: ClockedStore) =>
    listedAlertsSchema.parse((await owner.alerts('calle-mayor')).jsonBody);
  const shown = async ({ cloud }: ClockedStore) => (await cloud.shown('calle-mayor')).content.alerts;

  /** The street has never been heard, and from 09:02 on an alert says so. */
  const silentStreet = async () => {
    const store = await clockedStore(database, OPENED);
    for (const time of ['09:00:01', '09:01:20', '09:02:40']) {
      store.at(`2026-11-21T${time}+01:00`);
      await store.say({ sensorId: 'arcade-1', body: {} });
      await store.cloud.flush();
    }
    expect(await shown(store)).toMatchObject([{ type: 'sensor-silent' }]);
    return store;
  };

  test('leaves the signs at once, is listed with who, until when and why, and is on record', async () => {
    const store = await silentStreet();
    const untilMs = Date.parse('2026-11-21T10:02:40+01:00');
    expect(await store.owner.shelve('calle-mayor', FOR_AN_HOUR)).toMatchObject({
      status: 200,
      jsonBody: { ...SILENT, by: 'Ana', untilMs },
    });
    expect(await shown(store)).toEqual([]);
    expect(Object(store.owner.told.at(-1)?.arguments[0]).content.alerts).toEqual([]);
    const { alerts, events } = await listed(store);
    expect(alerts).toMatchObject([
      { ...SILENT, phase: 'active', shelved: { by: 'Ana', untilMs, why: 'The cable is cut.' } },
    ]);
    expect(events[0]).toMatchObject({ ...SILENT, event: 'shelved', by: 'Ana' });
  });

  test('is back when its time is over', async () => {
    const store = await silentStreet();
    await store.owner.shelve('calle-mayor', FOR_AN_HOUR);
    await store.flushAt('2026-11-21T10:02:39.999+01:00');
    expect(await shown(store)).not.toContainEqual(expect.objectContaining({ door: 'street' }));
    await store.flushAt('2026-11-21T10:02:40+01:00');
    expect(await shown(store)).toContainEqual(
      expect.objectContaining({ type: 'sensor-silent', door: 'street' }),
    );
    expect((await listed(store)).events).toContainEqual(
      expect.objectContaining({ ...SILENT, event: 'unshelved', by: null }),
    );
  });

  test('is taken back with 0 minutes; once more changes nothing and is no act', async () => {
    const store = await silentStreet();
    await store.owner.shelve('calle-mayor', FOR_AN_HOUR);
    const back = { ...SILENT, forMinutes: 0, by: 'Bo' };
    expect(await store.owner.shelve('calle-mayor', back)).toMatchObject({ status: 200 });
    expect(await shown(store)).toMatchObject([{ type: 'sensor-silent' }]);
    const { events } = await listed(store);
    expect(events[0]).toMatchObject({ event: 'unshelved', by: 'Bo' });
    await store.owner.shelve('calle-mayor', back);
    expect((await listed(store)).events).toEqual(events);
    const audit = await store.cloud.services.store.look((tx) => tx.audit.list(10));
    expect(audit.filter(({ act }) => act === 'alert-shelved')).toHaveLength(2);
  });

  test.each([
    [{ ...FOR_AN_HOUR, forMinutes: -1 }, 'forMinutes'],
    [{ ...FOR_AN_HOUR, forMinutes: 10_081 }, 'forMinutes'],
    [{ ...FOR_AN_HOUR, type: 'hungry' }, 'type'],
    [{ ...FOR_AN_HOUR, why: 'x'.repeat(201) }, 'why'],
  ])('as %j is refused, and the field that is wrong is named', async (request, field) => {
    const { owner } = await clockedStore(database, OPENED);
    expect(refusalOf(await owner.shelve('calle-mayor', request))).toMatchObject({ status: 400, field });
  });

  test('must be one that is there, of a store that is there', async () => {
    const { owner } = await clockedStore(database, OPENED);
    expect(refusalOf(await owner.shelve('calle-mayor', FOR_AN_HOUR))).toMatchObject({
      code: 'unknown-alert',
    });
    expect(refusalOf(await owner.shelve('nowhere', FOR_AN_HOUR))).toMatchObject({ code: 'unknown-store' });
  });
});
