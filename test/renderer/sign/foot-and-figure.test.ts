import fc from 'fast-check';
import { expect, test } from 'vitest';
import { english } from '../../../renderer/design/strings/english.ts';
import { countWords } from '../../../renderer/sign/view/count-words.ts';
import { doorFace } from '../../../renderer/sign/view/door-face.ts';
import { localTime } from '../../../renderer/sign/view/local-time.ts';
import { messageFoot } from '../../../renderer/sign/view/message-foot.ts';
import { storeView } from '../../../renderer/sign/view/store-view.ts';
import { aSnapshot, SATURDAY_AFTERNOON_MS } from '../../support/glass-states.ts';

const TIME = localTime('en', 'Europe/Madrid');
const HALF_HOUR_MS = 1_800_000;

/** A count of some age, some time after it was received. */
const moments = fc
  .record({
    ageMs: fc.option(fc.nat(HALF_HOUR_MS)),
    elapsedMs: fc.nat(HALF_HOUR_MS),
    count: fc.nat(70),
    state: fc.constantFrom('open', 'unknown'),
  })
  .map(({ ageMs, elapsedMs, count, state }) => {
    const snapshot = aSnapshot({ ageMs, count, ...(state === 'unknown' ? { content: { state } } : {}) });
    const nowMs = SATURDAY_AFTERNOON_MS;
    const trueAtMs = ageMs === null ? null : nowMs - elapsedMs - ageMs;
    const now = { remembered: false, elapsedMs, nowMs, cloudNowMs: nowMs };
    return { snapshot, trueAtMs, now: { ...now, stores: [{ snapshot, trueAtMs }] } };
  });

test('under a message the count is solid, hollow or gone exactly when the figure of the board would be', () => {
  fc.assert(
    fc.property(moments, ({ snapshot, trueAtMs, now }) => {
      const foot = messageFoot(now, { board: 'manager', strings: english, words: {} });
      const view = storeView(snapshot, now.elapsedMs);
      const heard = { heardAtMs: trueAtMs ?? now.nowMs, nowMs: now.nowMs, time: TIME };
      const words = countWords(snapshot.content, view, heard, english);
      const drawn = words.kind === 'unknown' ? 'hatched' : words.hollow ? 'hollow' : 'solid';
      expect(foot?.strip?.drawn).toBe(drawn);
      expect(foot?.plain.endsWith(', live')).toBe(view.freshness === 'live');
    }),
  );
});

test('under a message customers are told of a count exactly while the door would tell of it', () => {
  fc.assert(
    fc.property(moments, ({ snapshot, now }) => {
      const foot = messageFoot(now, { board: 'door', strings: english, words: { open: 'Welcome' } });
      const isKnown = doorFace(snapshot, now.elapsedMs, now.cloudNowMs).state !== 'unknown';
      expect(foot?.strip?.drawn).toBe(isKnown ? 'solid' : 'hatched');
      expect(`${foot?.strong}${foot?.plain}`).not.toContain('Welcome');
    }),
  );
});
