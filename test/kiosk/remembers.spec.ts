import { join } from 'node:path';
import { TIMINGS } from '../../cloud/client/timings.ts';
import { readKeptSnapshot } from '../../main/kept-snapshot.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { expect, openCounter, pictureOfDisplay, ROOT, runtime, test } from '../support/kiosk-shell.ts';

const KILLS = 5;
const NO_STORE = { content: { count: Number.NaN }, trueAtMs: null };
/** Three processes round the ages to whole milliseconds. */
const ROUNDING_MS = 5;

test(`a kiosk that starts without its cloud shows the last count as what it is (${runtime})`, async ({
  cloud,
  street,
  startKiosk,
}) => {
  const cloudArgument = [`--cloud=${cloud.ready().httpUrl}`];
  const before = await startKiosk(cloudArgument);
  await expect.poll(() => before.painted('count')).toBe('37');
  await before.app.close();
  await cloud.kill();

  const kiosk = await startKiosk(cloudArgument);
  await expect.poll(() => kiosk.words()).toContain('No live count');
  const words = await kiosk.words();
  expect(words).toMatch(/last known 37 at \d\d:\d\d/);
  expect(words).toContain('before restart');
  expect(words).not.toMatch(/may enter|Open/);
  expect(await kiosk.painted('count')).toBeNull();
  await expect.poll(() => kiosk.words()).toContain('No connection');
  if (process.env.VITRINE_PICTURES) await pictureOfDisplay(join(ROOT, 'docs/kiosk-remembered.png'));

  await cloud.start();
  await street.send({ in: 1, boot: 'b1', sequence: 2 });
  await expect.poll(() => kiosk.painted('count'), { timeout: 30_000 }).toBe('38');
  expect(await kiosk.words()).not.toContain('before restart');
});

test(`killed while the count changes fast, a kiosk never remembers an old count as a new one (${runtime})`, async ({
  cloud,
  startKiosk,
  userData,
}) => {
  test.setTimeout(180_000);
  // One door, as the age of a count is that of the door which is silent longest.
  const [door] = calleMayor().doors;
  const sensors = await cloud.putStore(
    'calle-mayor',
    calleMayor({ doors: door === undefined ? [] : [door] }),
  );
  const street = await openCounter(sensors.get('street-1') ?? '', cloud.ready().caFile);
  // When the n-th customer was sent, and when the hub had taken that one.
  const sentAt = [Date.now()];
  const takenAt = [Date.now()];
  let isOver = false;
  const sending = (async () => {
    while (!isOver) {
      sentAt.push(Date.now());
      await street.send({ in: 1, boot: 'b1', sequence: sentAt.length });
      takenAt.push(Date.now());
    }
  })();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const kiosk = await startKiosk([`--cloud=${cloud.ready().httpUrl}`]);
    await expect.poll(() => kiosk.painted('count')).not.toBeNull();
    await expect.poll(async () => (await readKeptSnapshot(userData)).kind).toBe('value');
    const mark = takenAt.length + Math.floor(Math.random() * 200);
    await expect.poll(() => takenAt.length, { timeout: 30_000, intervals: [1] }).toBeGreaterThan(mark);
    await kiosk.kill();

    const kept = await readKeptSnapshot(userData);
    if (kept.kind !== 'value') throw new Error(`after kill ${kill} the snapshot is ${kept.kind}`);
    const [{ content, trueAtMs } = NO_STORE] = kept.value.stores;
    // A count is true until the next customer is taken. The moment may be early, by the time of one pull; never late.
    expect(trueAtMs).toBeLessThanOrEqual((takenAt[content.count + 1] ?? Date.now()) + ROUNDING_MS);
    expect(trueAtMs).toBeGreaterThan((sentAt[content.count] ?? Number.NaN) - TIMINGS.callTimeoutMs);
  }
  isOver = true;
  await sending;
  await street.close();
});
