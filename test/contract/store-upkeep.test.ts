import { expect, test } from 'vitest';
import { NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { onBothEngines } from '../support/store-engines.ts';

const DAY_MS = 24 * 3_600_000;
const limits = {
  ledgerBeforeMs: NOON_MS,
  rejectedBeforeMs: NOON_MS,
  connectionsBeforeMs: NOON_MS,
  limit: 100,
};
/** The youngest is just young enough. */
const TIMES_MS = [NOON_MS - 3, NOON_MS - 2, NOON_MS - 1, NOON_MS];

onBothEngines('upkeep', (database) => {
  const claims = (keep: boolean) =>
    database.tx((tx) =>
      tx.counting.claimReadings(
        TIMES_MS.map((atMs, index) => ({
          sensorId: 'street-1',
          key: `${index}`,
          atMs: keep ? atMs : NOON_MS,
        })),
      ),
    );
  const rejections = () =>
    database.tx((tx) => tx.rejected.list(10).then((rows) => rows.map((row) => row.detail).sort()));
  const connections = () =>
    database.tx((tx) => tx.presence.openConnections('sign').then((rows) => rows.map((row) => row.atMs)));

  const fill = () =>
    database.tx(async (tx) => {
      for (const [index, atMs] of TIMES_MS.entries()) {
        const body = new Uint8Array([index]);
        const rejection = { sensorId: 'street-1', reason: 'not-json', detail: `${index}`, body };
        await tx.rejected.keep([rejection], atMs);
        await tx.presence.connected({ connectionId: `${index}`, signId: 'sign', atMs });
      }
    });

  test('forgets what is older than the limits, of each kind, and nothing else', async () => {
    await claims(true);
    await fill();
    await database.tx((tx) => tx.upkeep.prune(limits));
    expect(await rejections()).toEqual(['3']);
    expect(await connections()).toEqual([NOON_MS]);
    expect(await claims(false)).toEqual([true, true, true, false]);
  });

  test('forgets no more than asked for at a time, and the oldest first', async () => {
    await claims(true);
    await fill();
    await database.tx((tx) => tx.upkeep.prune({ ...limits, limit: 2 }));
    expect(await rejections()).toEqual(['2', '3']);
    expect(await connections()).toEqual([NOON_MS - 1, NOON_MS]);
    expect(await claims(false)).toEqual([true, true, false, false]);
  });

  test('leaves a rejected message alone that is old but was seen again', async () => {
    await fill();
    const body = new Uint8Array([0]);
    const again = { sensorId: 'street-1', reason: 'not-json', detail: '0', body };
    await database.tx((tx) => tx.rejected.keep([again], NOON_MS));
    await database.tx((tx) => tx.upkeep.prune(limits));
    expect(await rejections()).toEqual(['0', '3']);
  });

  test('is done by the flush: after two months the ledger holds 15 days and the rejected messages 30', async () => {
    let nowMs = NOON_MS;
    const cloud = cloudOn(await database.open(), { now: () => nowMs });
    await cloud.keep('calle-mayor', calleMayor());
    for (let day = 0; day < 60; day += 1) {
      nowMs = NOON_MS + day * DAY_MS;
      await cloud.say({ body: { in: 1 } }, { body: `{"day": ${day}` });
      await cloud.flush();
    }
    const rows = (table: string) => database.sql(`select 1 from ${table}`).then(({ length }) => length);
    expect(await rows('ledger')).toBe(15 + 1);
    expect(await rows('rejected')).toBe(30 + 1);
  });
});
