import { join } from 'node:path';
import { expect, test } from 'vitest';
import { calleMayor } from '../support/calle-mayor.ts';
import { startCloudProcess } from '../support/cloud-process.ts';
import { openSdkSensor } from '../support/sdk-sensor.ts';
import { enrolSigns, type FleetSign, placedSigns, startFleet } from '../support/wire-signs.ts';

/** Fewer where somebody is in a hurry; never fewer than those of the product. */
const SIGNS = Number(process.env.VITRINE_SIGNS ?? 2_000);
const OF_THE_PRODUCT = 50;
/** All of them sign in at once, on a machine that does other things too. */
const WITHIN_MS = 180_000;

test(`${SIGNS} signs lose the cloud and come back: none is dead, each reads its snapshot again, none shows an older one, and a reading reaches all`, {
  timeout: 3 * WITHIN_MS,
}, async () => {
  await using cloud = await startCloudProcess();
  const sensors = await cloud.putStore('calle-mayor', calleMayor());
  const street = await openSdkSensor(sensors.get('street-1') ?? '', cloud.ready().caFile);
  const { httpUrl } = cloud.ready();
  const signs = [
    ...(await enrolSigns({ url: httpUrl, call: cloud.call }, OF_THE_PRODUCT, 'demo')),
    ...(await placedSigns(join(cloud.dataDir, 'data/vitrine.db'), SIGNS - OF_THE_PRODUCT, 'demo')),
  ];
  using fleet = startFleet(httpUrl, signs, OF_THE_PRODUCT);
  const all = (what: string, isSo: (sign: FleetSign) => boolean) =>
    expect
      .poll(() => fleet.signs.filter(isSo).length, { message: what, timeout: WITHIN_MS, interval: 50 })
      .toBe(SIGNS);
  try {
    await street.send({ in: 10, boot: 'b1', sequence: 1 });
    await all('signs that show 10', (sign) => sign.isUp() && sign.count() === 10);

    await cloud.kill();
    await cloud.start();
    await all('signs that are back', (sign) => sign.isUp() && sign.timesUp() > 1);
    expect(fleet.signs.filter((sign) => sign.count() !== 10)).toEqual([]);

    await street.send({ in: 3, boot: 'b1', sequence: 2 });
    await all('signs that show 13', (sign) => sign.isUp() && sign.count() === 13);
    expect(fleet.signs.flatMap(({ backwards }) => backwards)).toEqual([]);
  } finally {
    await street.close();
  }
});
