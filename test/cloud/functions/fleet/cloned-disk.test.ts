import { expect, test } from 'vitest';
import { fleetMessageSchema } from '../../../../cloud/contracts/fleet.ts';
import { ANNA, aHeartbeat, fleetStage, oneOf } from '../../../support/fleet-stage.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const HALF_MINUTE_MS = 30_000;
const ANOTHER = /Another device reports with its key, from 198\.51\.100\.4/;

onSqlite('a disk that was copied', (database) => {
  const cloned = async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    await stage.as(ANNA).assignOne(sign.signId, 'mayor');
    await sign.connected('c1');
    const first = () => sign.heartbeat(aHeartbeat({ boot: 'first-program' }), '192.0.2.7:1');
    const second = () => sign.heartbeat(aHeartbeat({ boot: 'second-program' }), '198.51.100.4:1');
    const listed = async () => oneOf(await stage.as(ANNA).fleet(), sign.signId);
    return { stage, sign, first, second, listed };
  };
  const half = (stage: { nowMs: number }) => {
    stage.nowMs += HALF_MINUTE_MS;
  };

  test('shows as a sign whose key a second device has, and people are told when it begins', async () => {
    const { stage, first, second, listed } = await cloned();
    await first();
    half(stage);
    await second();
    expect(await listed()).toMatchObject({ clones: [], why: 'It shows what is true.' });
    half(stage);
    stage.told.length = 0;
    await first();
    const told = stage.told.map(({ arguments: [body] }) => fleetMessageSchema.parse(body).sign);
    expect(told).toHaveLength(2);
    for (const sign of [...told, await listed()])
      expect(sign).toMatchObject({
        state: 'fresh',
        why: expect.stringMatching(ANOTHER),
        clones: [
          { boot: 'second-program', address: '198.51.100.4', heardAtMs: stage.nowMs - HALF_MINUTE_MS },
        ],
      });

    // From then on nobody is told again with each turn.
    stage.told.length = 0;
    half(stage);
    await second();
    expect((await listed())?.clones).toMatchObject([{ address: '192.0.2.7' }]);
    expect(stage.told).toEqual([]);
  });

  test('is over when only one of the two is heard for ten minutes, and people are told', async () => {
    const { stage, first, second, listed } = await cloned();
    for (const report of [first, second, first]) {
      await report();
      half(stage);
    }
    for (let passed = 0; passed < 17; passed += 1) {
      await first();
      half(stage);
    }
    expect((await listed())?.clones).toHaveLength(1);
    stage.told.length = 0;
    half(stage);
    await first();
    expect((await listed())?.clones).toEqual([]);
    expect(stage.told).toHaveLength(2);
  });

  test('is not taken for one where a program is started anew, or says nothing of its start', async () => {
    const { stage, sign, first, second, listed } = await cloned();
    for (const report of [first, first, second, second, () => sign.heartbeat()]) {
      await report();
      half(stage);
    }
    expect(await listed()).toMatchObject({ clones: [], why: 'It shows what is true.' });
  });
});
