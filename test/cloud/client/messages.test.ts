import { expect, test } from 'vitest';
import { PaintedGlass } from '../../../cloud/client/painted-glass.ts';
import type { FeedState } from '../../../cloud/contracts/feed.ts';
import { HUB_TARGETS } from '../../../cloud/contracts/hub-targets.ts';
import type { ShownMessage } from '../../../cloud/contracts/message.ts';
import { startClientCloud } from '../../support/client-cloud.ts';
import { aSnapshot } from '../../support/client-snapshots.ts';
import { follow } from '../../support/followed-states.ts';

const WITHIN = { timeout: 20_000 };
const twoPlaces = () => ({ storeGroupId: 'spain', groups: { spain: [aSnapshot()], france: [aSnapshot()] } });

const aMessage = (difference: Partial<ShownMessage> = {}): ShownMessage => ({
  messageId: 'one',
  text: 'Till 3 closes',
  secondText: null,
  priority: 'note',
  audience: 'staff',
  drill: false,
  endsInMs: 600_000,
  ...difference,
});

const saidIn = (state: FeedState | undefined) => (state?.kind === 'following' ? state.messages : undefined);
const textsIn = (state: FeedState | undefined) => saidIn(state)?.map(({ text }) => text);

/** A sign whose glass paints what it is told at once. `leap`: its clocks run on, as if so long had passed. */
async function followWithGlass(cloudUrl: string) {
  const glass = new PaintedGlass(() => performance.now());
  const states: FeedState[] = [];
  const clock = { leaptMs: 0 };
  const sign = await follow(cloudUrl, {
    now: () => ({ monotonicMs: performance.now() + clock.leaptMs, wallMs: Date.now() + clock.leaptMs }),
    onState(state) {
      states.push(state);
      if (state.kind !== 'following') return;
      glass.report({
        ...{ kind: 'store', storeGroupId: state.storeGroupId, storeId: 'north', epoch: 1, revision: 1 },
        ...{ freshness: 'live', leaseMs: 60_000, identify: false },
        messages: (state.messages ?? []).map(({ messageId }) => messageId),
      });
    },
    report: {
      about: () => ({ app: 'Vitrine test', platform: 'Node', screen: null }),
      boot: 'boot-of-test',
      glass,
      executors: {
        reload: async () => undefined,
        restart: null,
        screenshot: null,
        unanswered: { keep: async () => undefined, take: async () => undefined },
      },
    },
  });
  const leap = (ms: number) => {
    clock.leaptMs += ms;
  };
  return { ...sign, states, last: () => states.at(-1), leap };
}

test('what an operator says stands in what the sign knows, and that it was painted is reported at once', async () => {
  await using cloud = await startClientCloud(twoPlaces());
  using sign = await followWithGlass(cloud.url);
  await expect.poll(() => saidIn(sign.last()), WITHIN).toEqual([]);
  Object.assign(cloud.reports.description, {
    messages: [aMessage()],
    consoleUrl: 'https://shop.test/console',
  });
  cloud.send(HUB_TARGETS.nudge);
  await expect.poll(sign.last, WITHIN).toMatchObject({
    kind: 'following',
    messages: [{ messageId: 'one', text: 'Till 3 closes' }],
    consoleUrl: 'https://shop.test/console',
  });
  const left = saidIn(sign.last())?.[0]?.endsInMs ?? 0;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(600_000);
  await expect.poll(() => cloud.reports.heartbeats.at(-1)?.painted?.messages, WITHIN).toEqual(['one']);
  // Said again it is no news.
  const told = sign.states.length;
  const reported = cloud.reports.heartbeats.length;
  cloud.send(HUB_TARGETS.nudge);
  await expect.poll(() => cloud.reports.heartbeats.length, WITHIN).toBeGreaterThan(reported);
  Object.assign(cloud.reports.description, { messages: [] });
  cloud.send(HUB_TARGETS.nudge);
  await expect.poll(() => saidIn(sign.last()), WITHIN).toEqual([]);
  expect(sign.states.slice(told)).toHaveLength(1);
});

test('a message ends by the clock of the sign, also when the cloud is gone', async () => {
  await using cloud = await startClientCloud(twoPlaces());
  const messages = [aMessage(), aMessage({ messageId: 'two', text: 'Stays', endsInMs: 6_000_000 })];
  Object.assign(cloud.reports.description, { messages });
  using sign = await followWithGlass(cloud.url);
  await expect.poll(() => textsIn(sign.last()), WITHIN).toEqual(['Till 3 closes', 'Stays']);
  await cloud.kill();
  sign.leap(600_000);
  await expect.poll(() => textsIn(sign.last()), WITHIN).toEqual(['Stays']);
  expect(sign.last()).toMatchObject({ kind: 'following', link: 'down' });
});

test('what was said to one place is gone from the glass when the sign belongs to another', async () => {
  await using cloud = await startClientCloud(twoPlaces());
  Object.assign(cloud.reports.description, { messages: [aMessage()] });
  using sign = await followWithGlass(cloud.url);
  await expect.poll(() => textsIn(sign.last()), WITHIN).toEqual(['Till 3 closes']);
  Object.assign(cloud.reports.description, { messages: [] });
  await cloud.assign('france');
  await expect
    .poll(sign.last, WITHIN)
    .toMatchObject({ kind: 'following', storeGroupId: 'france', messages: [] });
  const inFrance = sign.states.filter((one) => one.kind === 'following' && one.storeGroupId === 'france');
  expect(inFrance.flatMap((state) => saidIn(state) ?? [])).toEqual([]);
});

test('a message of a newer cloud is told in the way that this program knows', async () => {
  await using cloud = await startClientCloud(twoPlaces());
  const newer = { ...aMessage(), priority: 'shout', audience: 'dogs', colour: 'pink' };
  Object.assign(cloud.reports.description, { messages: [newer] });
  using sign = await followWithGlass(cloud.url);
  await expect
    .poll(() => saidIn(sign.last()), WITHIN)
    .toMatchObject([{ text: 'Till 3 closes', priority: 'warn', audience: 'staff' }]);
});

test('a sign that is taken out of service shows no message any more', async () => {
  await using cloud = await startClientCloud(twoPlaces());
  Object.assign(cloud.reports.description, { messages: [aMessage()] });
  using sign = await followWithGlass(cloud.url);
  await expect.poll(() => textsIn(sign.last()), WITHIN).toEqual(['Till 3 closes']);
  cloud.revokeSigns();
  cloud.send(HUB_TARGETS.nudge);
  await expect.poll(sign.last, WITHIN).toMatchObject({ kind: 'starting', revoked: true });
  expect(sign.last()).not.toHaveProperty('messages');
});
