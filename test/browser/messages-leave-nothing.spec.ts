import type { CDPSession } from '@playwright/test';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import { aSnapshot, following } from '../support/glass-states.ts';
import { door, put, shops, wall } from './board-states.ts';
import { expect, type Glass, test } from './glass.ts';
import { aMessage, DRILL, LOST_CHILD, saying, WARNING } from './message-states.ts';

const ROUNDS = Number(process.env.VITRINE_ROUNDS ?? 25);
/** What the page itself makes once, such as a language's words, is there before the first count. */
const ROUNDS_BEFORE = 10;
const BOARDS = {
  manager: put(following(aSnapshot({ count: 64 })), {}),
  door: door(aSnapshot()),
  wall: wall(shops(12)),
};

/** What is alive in the page after all that can go has gone. */
async function alive(cdp: CDPSession): Promise<Record<string, number>> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** Each of the states is told and painted, again and again. */
const comeAndGo = (glass: Glass, states: readonly FeedState[], rounds: number) =>
  glass.page.evaluate(
    async ([told, times]) => {
      const app = document.querySelector('sign-app');
      for (let round = 0; round < times; round += 1) {
        for (const state of told) {
          const messages = 'messages' in state ? state.messages : undefined;
          const anew = messages?.map((message) => ({
            ...message,
            messageId: `${message.messageId}-${round}`,
          }));
          window.tell(anew === undefined ? state : ({ ...state, messages: anew } as FeedState));
          await app?.updateComplete;
          app?.offsetHeight;
        }
        window.drawn.length = 0;
      }
    },
    [states, rounds] as const,
  );

for (const [board, calm] of Object.entries(BOARDS)) {
  test(`messages that come and go leave nothing behind on the page, ${board}`, async ({ glass }) => {
    test.setTimeout(300_000);
    await glass.open();
    const cdp = await glass.page.context().newCDPSession(glass.page);
    await cdp.send('Performance.enable');
    const states = [LOST_CHILD, DRILL, WARNING, aMessage()].flatMap((message) => [
      saying(calm, { ...message, audience: 'everyone' }),
      calm,
    ]);
    await comeAndGo(glass, states, ROUNDS_BEFORE);
    const before = await alive(cdp);
    await comeAndGo(glass, states, ROUNDS);
    const after = await alive(cdp);
    const grown = (name: string) => (after[name] ?? 0) - (before[name] ?? 0);
    // Less than one element for each round: whatever stayed would be one of each at least.
    expect(grown('Nodes')).toBeLessThan(ROUNDS);
    expect(grown('JSEventListeners')).toBeLessThan(ROUNDS);
  });
}
