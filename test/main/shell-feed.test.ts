import { expect, test } from 'vitest';
import type { FeedState, KeptSnapshot } from '../../cloud/contracts/feed.ts';
import { createShellFeed } from '../../main/shell-feed.ts';
import { aMessage, saying } from '../browser/message-states.ts';
import { aSnapshot, following } from '../support/glass-states.ts';

const remembered: KeptSnapshot = {
  cloud: 'embedded',
  storeGroupId: 'city',
  stores: [{ content: aSnapshot({ count: 38 }).content, trueAtMs: 1_000 }],
};

function aFeed(memory: KeptSnapshot | null) {
  let [monotonicMs, wallMs] = [0, 0];
  const feed = createShellFeed({ remembered: memory, now: () => ({ monotonicMs, wallMs }) });
  const told: FeedState[] = [];
  feed.listen((state) => told.push(state));
  return {
    ...feed,
    told,
    pass(ms: { readonly monotonic: number; readonly wall: number }) {
      monotonicMs += ms.monotonic;
      wallMs += ms.wall;
    },
  };
}

test('until the cloud has spoken a shell that remembers shows what it remembers, and why there is nothing newer', () => {
  const feed = aFeed(remembered);
  expect(feed.newest()).toMatchObject({ kind: 'remembered', problem: null });
  feed.tell({ kind: 'starting', problem: 'The cloud does not answer.' });
  expect(feed.told).toEqual([
    {
      kind: 'remembered',
      storeGroupId: 'city',
      stores: remembered.stores,
      problem: 'The cloud does not answer.',
    },
  ]);
});

test('once the cloud has spoken what was remembered is over', () => {
  const feed = aFeed(remembered);
  feed.tell({ kind: 'unassigned', signId: 's', link: 'up' });
  expect(feed.newest().kind).toBe('unassigned');
});

test('a sign that was taken out of service shows nothing that it remembers', () => {
  const feed = aFeed(remembered);
  const state: FeedState = { kind: 'starting', problem: 'Out of service.', revoked: true };
  feed.tell(state);
  expect(feed.newest()).toEqual(state);
});

test('a page that is loaded again is told how long its pairing code still holds', () => {
  const feed = aFeed(null);
  const offer = { code: 'BKXRTHDW', fingerprint: '3F9A C271', consoleUrl: null, endsInMs: 60_000 };
  feed.tell({ kind: 'unassigned', signId: 's', link: 'up', offer });
  feed.pass({ monotonic: 1_000, wall: 45_000 });
  expect(feed.newest()).toMatchObject({ offer: { ...offer, endsInMs: 15_000 } });
  feed.pass({ monotonic: 60_000, wall: 60_000 });
  expect(feed.newest()).toMatchObject({ offer: { endsInMs: 0 } });
});

test('a page that is loaded again is told ages as they are now, by the clock that counted more', () => {
  const feed = aFeed(null);
  const young = aSnapshot({
    ageMs: 2_000,
    doors: [
      ['Street', 2_000],
      ['Arcade', null],
    ],
  });
  feed.tell(following(young));
  feed.pass({ monotonic: 1_000, wall: 90_000 });
  const state = feed.newest();
  const [store] = state.kind === 'following' ? state.stores : [];
  expect(store?.proof).toMatchObject({ ageMs: 92_000, doorAgesMs: [92_000, null] });
  expect(store?.content).toEqual(young.content);
});

test('what was remembered does not grow old: it carries the moment when it was true', () => {
  const feed = aFeed(remembered);
  feed.pass({ monotonic: 60_000, wall: 60_000 });
  expect(feed.newest()).toMatchObject({ stores: remembered.stores });
});

test('a page that is loaded again is told what an operator says for no longer than it still holds', () => {
  const feed = aFeed(null);
  feed.tell(
    saying(
      following(aSnapshot()),
      aMessage({ messageId: 'long', endsInMs: 60_000 }),
      aMessage({ messageId: 'short', endsInMs: 30_000 }),
    ),
  );
  feed.pass({ monotonic: 1_000, wall: 45_000 });
  expect(feed.newest()).toMatchObject({ messages: [{ messageId: 'long', endsInMs: 15_000 }] });
  feed.pass({ monotonic: 15_000, wall: 15_000 });
  expect(feed.newest()).toMatchObject({ messages: [] });
});
