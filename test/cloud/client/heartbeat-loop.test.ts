import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CloudError } from '../../../cloud/client/cloud-error.ts';
import { HeartbeatLoop } from '../../../cloud/client/heartbeat-loop.ts';
import { PaintedGlass } from '../../../cloud/client/painted-glass.ts';
import { TIMINGS } from '../../../cloud/client/timings.ts';
import type { Heartbeat, Picture } from '../../../cloud/contracts/sign-report.ts';

const MINUTE_MS = 60_000;

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const aPicture = (difference: Partial<Picture> = {}): Picture => ({
  kind: 'store',
  storeGroupId: 'spain',
  storeId: 'north',
  epoch: 1,
  revision: 1,
  freshness: 'live',
  leaseMs: 900_000,
  identify: false,
  ...difference,
});

/** Every jitter at its middle, and a glass that is painted each second. */
function reporting() {
  const sent: { readonly atMs: number; readonly heartbeat: Heartbeat }[] = [];
  const failures: CloudError[] = [];
  const glass = new PaintedGlass(() => Date.now());
  const ending = new AbortController();
  let picture: Picture | null = aPicture();
  const loop = new HeartbeatLoop({
    about: () => ({ app: 'Vitrine test', platform: 'Node', screen: null }),
    boot: 'boot-of-test',
    glass,
    async send(heartbeat) {
      sent.push({ atMs: Date.now(), heartbeat });
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      return { settings: null, name: '', commandsWait: false };
    },
    onAnswer: () => undefined,
    onFailure: () => undefined,
    now: () => ({ monotonicMs: Date.now(), wallMs: Date.now() }),
    random: () => 0.5,
    timings: TIMINGS,
    signal: ending.signal,
  });
  return {
    loop,
    sent,
    failures,
    ending,
    paint(next: Picture) {
      picture = next;
      glass.report(next);
    },
    freeze() {
      picture = null;
    },
    async passMs(ms: number) {
      for (let passed = 0; passed < ms; passed += 1_000) {
        if (picture !== null) glass.report(picture);
        await vi.advanceTimersByTimeAsync(1_000);
      }
    },
  };
}

test('a sign reports once it is known to the cloud, and then every minute', async () => {
  const sign = reporting();
  await sign.passMs(5_000);
  expect(sign.sent).toEqual([]);
  sign.loop.signedIn();
  sign.loop.signedIn();
  await sign.passMs(3 * MINUTE_MS);
  expect(sign.sent.map(({ atMs }) => atMs)).toEqual([5_125, 65_125, 125_125]);
  expect(sign.sent[1]?.heartbeat).toMatchObject({
    transport: 'none',
    upForMs: 65_125,
    boot: 'boot-of-test',
  });
});

test('a new place on the glass is reported within a quarter of a second', async () => {
  const sign = reporting();
  sign.loop.signedIn();
  await sign.passMs(10_000);
  sign.paint(aPicture({ storeGroupId: 'france', storeId: 'paris' }));
  await vi.advanceTimersByTimeAsync(250);
  expect(sign.sent.at(-1)?.heartbeat.painted).toMatchObject({ storeGroupId: 'france', storeId: 'paris' });
});

test('an alert that comes onto the glass, or leaves it, is reported within a quarter of a second', async () => {
  const sign = reporting();
  sign.loop.signedIn();
  await sign.passMs(10_000);
  const alerts = ['north full store 1', 'north sensor-silent street 2'];
  sign.paint(aPicture({ alerts }));
  await vi.advanceTimersByTimeAsync(250);
  expect(sign.sent.at(-1)?.heartbeat.painted).toMatchObject({ alerts });
  await sign.passMs(5_000);
  // In another order they are the same.
  sign.paint(aPicture({ alerts: alerts.toReversed() }));
  await vi.advanceTimersByTimeAsync(250);
  expect(sign.sent).toHaveLength(2);
  sign.paint(aPicture());
  await vi.advanceTimersByTimeAsync(250);
  expect(sign.sent).toHaveLength(3);
});

test('a message that comes onto the glass, or leaves it, is reported within a quarter of a second', async () => {
  const sign = reporting();
  sign.loop.signedIn();
  await sign.passMs(10_000);
  sign.paint(aPicture({ messages: ['one'] }));
  await vi.advanceTimersByTimeAsync(250);
  expect(sign.sent.at(-1)?.heartbeat.painted).toMatchObject({ messages: ['one'] });
  await sign.passMs(5_000);
  expect(sign.sent).toHaveLength(2);
  sign.paint(aPicture({ messages: [] }));
  await vi.advanceTimersByTimeAsync(250);
  expect(sign.sent.at(-1)?.heartbeat.painted).toMatchObject({ messages: [] });
});

test('a glass that goes black, or shows another board, is reported soon', async () => {
  const sign = reporting();
  sign.loop.signedIn();
  await sign.passMs(10_000);
  sign.paint(aPicture({ board: 'door' }));
  await sign.passMs(5_000);
  sign.paint(aPicture({ board: 'door', asleep: true }));
  await sign.passMs(5_000);
  expect(sign.sent.map(({ heartbeat: { painted } }) => [painted?.board, painted?.asleep])).toEqual([
    [undefined, undefined],
    ['door', undefined],
    ['door', true],
  ]);
});

test('a count that goes stale is reported soon; one that grows a little older is not', async () => {
  const sign = reporting();
  sign.loop.signedIn();
  await sign.passMs(10_000);
  sign.paint(aPicture({ freshness: 'ageing' }));
  await sign.passMs(10_000);
  expect(sign.sent).toHaveLength(1);
  sign.paint(aPicture({ freshness: 'stale' }));
  await sign.passMs(5_000);
  expect(sign.sent.at(-1)?.heartbeat.painted?.freshness).toBe('stale');
});

test('counts that change all the time are reported every ten seconds at most', async () => {
  const sign = reporting();
  sign.loop.signedIn();
  for (let revision = 2; revision < 62; revision += 1) {
    sign.paint(aPicture({ revision }));
    await sign.passMs(1_000);
  }
  expect(sign.sent.length).toBeGreaterThanOrEqual(5);
  expect(sign.sent.length).toBeLessThanOrEqual(7);
});

test('a page that is frozen says so by the age of its picture, and its lease runs out', async () => {
  const sign = reporting();
  sign.loop.signedIn();
  await sign.passMs(10_000);
  sign.freeze();
  await sign.passMs(2 * MINUTE_MS);
  const painted = sign.sent.at(-1)?.heartbeat.painted;
  expect(painted?.ageMs).toBeGreaterThan(MINUTE_MS);
  expect(painted?.leaseMs).toBe(900_000 - (painted?.ageMs ?? 0));
});

test('a nudge is answered at once, and many by few reports', async () => {
  const sign = reporting();
  sign.loop.signedIn();
  await sign.passMs(10_000);
  for (let nudge = 0; nudge < 100; nudge += 1) sign.loop.nudged(0);
  await vi.advanceTimersByTimeAsync(500);
  expect(sign.sent).toHaveLength(2);
});

test('a nudge of many is answered when it is this sign’s turn', async () => {
  const sign = reporting();
  sign.loop.signedIn();
  await sign.passMs(10_000);
  sign.loop.nudged(8_000);
  await vi.advanceTimersByTimeAsync(3_900);
  expect(sign.sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(sign.sent).toHaveLength(2);
});

test('reports that fail come again ever less often, whatever changes meanwhile, until one is taken', async () => {
  const sign = reporting();
  for (let failed = 0; failed < 6; failed += 1)
    sign.failures.push(new CloudError('unavailable', 'not ready'));
  sign.loop.signedIn();
  await sign.passMs(1_000);
  sign.paint(aPicture({ freshness: 'stale' }));
  await sign.passMs(2 * MINUTE_MS);
  const gapsS = sign.sent
    .slice(1, 7)
    .map(({ atMs }, index) => Math.round((atMs - (sign.sent[index]?.atMs ?? 0)) / 1_000));
  expect(gapsS).toEqual([2, 3, 6, 12, 24, 45]);
});

test('a failure does not make the return of the connection wait', async () => {
  const sign = reporting();
  for (let failed = 0; failed < 5; failed += 1)
    sign.failures.push(new CloudError('unavailable', 'not ready'));
  sign.loop.signedIn();
  await sign.passMs(30_000);
  const before = sign.sent.length;
  sign.loop.connected(true);
  await sign.passMs(5_000);
  expect(sign.sent).toHaveLength(before + 1);
  expect(sign.sent.at(-1)?.heartbeat.transport).toBe('web-sockets');
});

test('a sign that stops leaves no timer behind', async () => {
  const sign = reporting();
  sign.loop.signedIn();
  await sign.passMs(2_000);
  sign.ending.abort();
  sign.loop.nudged(0);
  expect(vi.getTimerCount()).toBe(0);
});
