import { expect, test } from 'vitest';
import { calleMayor } from '../support/calle-mayor.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { onBothEngines } from '../support/store-engines.ts';

const total = (boot: string, sequence: number, people: number) => ({
  body: { kind: 'cumulative', in: people, out: 0, boot, sequence },
});

onBothEngines('counting totals', (database) => {
  test('a total of an earlier boot that comes late adds nobody twice', async () => {
    const cloud = cloudOn(await database.open());
    await cloud.keep('calle-mayor', calleMayor());
    await cloud.say(total('a', 1, 5_000), total('a', 2, 5_010));
    await cloud.say(total('b', 1, 0), total('b', 2, 3));
    // It was kept in the sensor while there was no network.
    await cloud.say(total('a', 3, 5_012));
    await cloud.say(total('b', 3, 4));
    expect((await cloud.shown('calle-mayor')).content.count).toBe(10 + 3 + 1);
  });

  test('who passed a sensor while it had no place is not added to the store that it is placed in later', async () => {
    const cloud = cloudOn(await database.open());
    await cloud.keep('calle-mayor', calleMayor());
    await cloud.say(total('a', 1, 100), total('a', 2, 102));
    await cloud.keep('calle-mayor', calleMayor({ doors: calleMayor().doors.slice(1) }));
    await cloud.say(total('a', 3, 9_000));
    await cloud.keep('calle-mayor', calleMayor());
    await cloud.say(total('a', 4, 9_001));
    await cloud.say(total('a', 5, 9_004));
    // The first total after it was placed again is where counting starts.
    expect((await cloud.shown('calle-mayor')).content.count).toBe(2 + 3);
  });
});
