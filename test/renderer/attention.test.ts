import { expect, test } from 'vitest';
import type { Trouble } from '../../cloud/contracts/feed.ts';
import type { Snapshot } from '../../cloud/contracts/snapshot.ts';
import { english } from '../../renderer/design/strings/english.ts';
import { attentionOf } from '../../renderer/sign/view/attention.ts';
import { localTime } from '../../renderer/sign/view/local-time.ts';
import { storeView } from '../../renderer/sign/view/store-view.ts';
import { aSnapshot, SATURDAY_AFTERNOON_MS } from '../support/glass-states.ts';

const time = localTime('en-GB', 'Europe/Madrid');

const needed = (snapshot: Snapshot, link: 'up' | 'down' = 'up') =>
  attentionOf({
    content: snapshot.content,
    view: storeView(snapshot, 0),
    link,
    nowMs: SATURDAY_AFTERNOON_MS,
    time,
    strings: english,
  });

const told = (snapshot: Snapshot, link: 'up' | 'down' = 'up') =>
  needed(snapshot, link).items.map(({ name, title, detail }) =>
    [name, title, detail].filter(Boolean).join(' / '),
  );

test('a quiet store has no alerts', () => {
  expect(told(aSnapshot())).toEqual(['No alerts']);
});

test('a clock that differs from the cloud’s by more than five minutes is named, as long as the cloud is heard', () => {
  const { content, proof } = aSnapshot();
  const said = (aheadMs: number, link: 'up' | 'down' = 'up') =>
    attentionOf({
      content,
      view: storeView({ content, proof }, 0),
      link,
      nowMs: SATURDAY_AFTERNOON_MS + aheadMs,
      cloudNowMs: SATURDAY_AFTERNOON_MS,
      time,
      strings: english,
    }).items.map(({ severity, title, detail }) => `${severity}: ${title} ${detail}`.trim());
  expect(said(299_000)).toEqual(['none: No alerts']);
  expect(said(-301_000)).toEqual(['note: Clock is off by 5 min']);
  expect(said(3 * 3_600_000)).toEqual(['note: Clock is off by 3 h']);
  expect(said(3 * 3_600_000, 'down')).toEqual(['warn: No connection to the cloud']);
});

test('why there is no connection is said where it is known', () => {
  const { content, proof } = aSnapshot();
  const said = (trouble: Trouble) =>
    attentionOf({
      ...{ content, view: storeView({ content, proof }, 0), link: 'down', trouble },
      ...{ nowMs: SATURDAY_AFTERNOON_MS, time, strings: english },
    }).items.map(({ title, detail }) => `${title}: ${detail}`);
  expect(said('untrusted')).toEqual([
    'Cloud not trusted: Nobody whom this device knows signed its certificate',
  ]);
  expect(said('unreachable')).toEqual(['No connection: to the cloud']);
});

test('a silent door is named, with since when and for how long', () => {
  const snapshot = aSnapshot({
    doors: [
      ['Street', 2_000],
      ['Arcade', 372_000, true],
    ],
  });
  expect(told(snapshot)).toEqual(['Arcade / silent / since 16:17, 6 min']);
});

test('several silent doors are one alert, told by the longest silence', () => {
  const snapshot = aSnapshot({
    doors: [
      ['Street', 2_000],
      ['Arcade', 372_000, true],
      ['Garage', 900_000, true],
    ],
  });
  expect(told(snapshot)).toEqual(['2 doors silent / longest 15 min']);
});

test('a lost link and old data are two things to see to', () => {
  const snapshot = aSnapshot({ ageMs: 240_000, doors: [['Street', 240_000]] });
  expect(told(snapshot, 'down')).toEqual(['No data / for 4 min', 'No connection / to the cloud']);
});

test('a lost link is said while the count is still live', () => {
  expect(told(aSnapshot(), 'down')).toEqual(['No connection / to the cloud']);
});
