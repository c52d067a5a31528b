import { expect, test } from 'vitest';
import { MAX_KEPT_TOLD } from '../../cloud/contracts/sensor.ts';
import type { Rejection } from '../../cloud/store/port.ts';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines } from '../support/store-engines.ts';

const HOSTILE = 'got "\u0000" at \ud800 \\u0000';
const aRejection = (difference: Partial<Rejection> = {}): Rejection => ({
  sensorId: 'back-1',
  reason: 'not-json',
  detail: 'expected JSON',
  body: new Uint8Array([1]),
  messageKey: 'm1',
  enqueuedAtMs: NOON_MS,
  contentType: null,
  ...difference,
});

onBothEngines('sensors', (database) => {
  const keep = (rejections: readonly Rejection[], atMs = NOON_MS) =>
    database.tx((tx) => tx.rejected.keep(rejections, atMs));
  const kept = (sensorIds: readonly string[] | null = null) =>
    database.tx((tx) => tx.sensors.kept(sensorIds));

  test('of which something is kept are listed with how many messages, and why the last of them', async () => {
    await keep([
      aRejection(),
      aRejection({ reason: 'wrong-kind' }),
      aRejection({ messageKey: 'm2', body: new Uint8Array([2]) }),
      aRejection({ sensorId: 'arcade-1' }),
    ]);
    await keep([aRejection({ messageKey: 'm3', reason: 'implausible', detail: HOSTILE })], NOON_MS + 5);
    const back = { sensorId: 'back-1', kept: 3, detail: HOSTILE, lastSeenAtMs: NOON_MS + 5 };
    expect(await kept()).toEqual([
      { sensorId: 'arcade-1', kept: 1, detail: 'expected JSON', lastSeenAtMs: NOON_MS },
      back,
    ]);
    expect(await kept(['back-1', 'never-1'])).toEqual([back]);
    expect(await kept([])).toEqual([]);
  });

  test('are not counted further than anybody has to know', async () => {
    const many = Array.from({ length: MAX_KEPT_TOLD + 5 }, (_, number) =>
      aRejection({ messageKey: `m${number}`, enqueuedAtMs: NOON_MS + number }),
    );
    await keep(many);
    await keep([
      aRejection({ messageKey: 'last', enqueuedAtMs: NOON_MS + 10_000, detail: 'the last', reason: 'new' }),
    ]);
    expect(await kept()).toMatchObject([{ sensorId: 'back-1', kept: MAX_KEPT_TOLD, detail: 'the last' }]);
    expect(await database.tx((tx) => tx.rejected.countOf('back-1'))).toBe(MAX_KEPT_TOLD + 6);
  });

  test('are forgotten in portions, the oldest first, and the others stay', async () => {
    await keep([aRejection(), aRejection({ reason: 'wrong-kind' }), aRejection({ sensorId: 'arcade-1' })]);
    await keep([aRejection({ messageKey: 'm2', enqueuedAtMs: NOON_MS + 1 })]);
    const forget = (sensorId: string, limit: number) =>
      database.tx((tx) => tx.rejected.forgetOldest(sensorId, limit));
    expect(await database.tx((tx) => tx.rejected.countOf('back-1'))).toBe(2);
    expect(await forget('back-1', 1)).toBe(1);
    const [newer] = await database.tx((tx) => tx.rejected.messagesOf('back-1', 10));
    expect(newer).toMatchObject({ messageKey: 'm2' });
    expect(await forget('back-1', 10)).toBe(1);
    expect(await forget('back-1', 10)).toBe(0);
    expect(await database.tx((tx) => tx.rejected.countOf('back-1'))).toBe(0);
    expect((await kept()).map(({ sensorId }) => sensorId)).toEqual(['arcade-1']);
    const left = await database.tx((tx) => tx.rejected.list(10));
    expect(left.map(({ sensorId }) => sensorId)).toEqual(['arcade-1']);
    await keep([aRejection()]);
    expect(await kept(['back-1'])).toMatchObject([{ kept: 1 }]);
  });

  test('that have a key for plain HTTP are told from those that have none', async () => {
    await database.tx((tx) => tx.ingestKeys.put('back-1', 'sha', NOON_MS));
    const keyed = await database.tx((tx) => tx.sensors.withIngestKey(['back-1', 'arcade-1']));
    expect(keyed).toEqual(['back-1']);
    expect(await database.tx((tx) => tx.sensors.withIngestKey(['arcade-1']))).toEqual([]);
  });
});
