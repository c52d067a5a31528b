import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createTurnstile } from '../../../../cloud/local/functions-host/http/turnstile.ts';
import { runApp } from '../../../support/functions-host.ts';

/** One that got a place to wait is not answered; one that did not is refused long before this. */
const ASKS_WITHIN_MS = 500;
/** Answers when the test says so: the app runs in this process. */
const HELD = `
  app.http('held', { handler: async (request) => {
    tell(request.query.get('who'));
    await new Promise((resolve) => process.once('let-go', resolve));
    return { body: 'done' };
  } });
`;
const hostJson = {
  version: '2.0',
  extensions: { http: { maxConcurrentRequests: 1, maxOutstandingRequests: 2 } },
};

test('requests beyond what host.json lets in wait their turn, and beyond that are told to come later', async () => {
  await using app = await runApp(HELD, { hostJson });
  const held = (who: string, init?: RequestInit) => fetch(`${app.url}/api/held?who=${who}`, init);
  const first = held('first');
  await expect.poll(() => app.told()).toEqual(['first']);
  const answers = [held('second'), held('third')];
  const busy = await Promise.race(answers);
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '1']);
  expect(app.told()).toEqual(['first']);

  process.emit('let-go' as 'exit', 0);
  expect((await first).status).toBe(200);
  await expect.poll(() => app.told()).toHaveLength(2);
  process.emit('let-go' as 'exit', 0);
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 429]);
});

test('a caller who leaves while waiting gives the place back at once, and is not worked for', async () => {
  await using app = await runApp(HELD, { hostJson });
  const held = (who: string, init?: RequestInit) => fetch(`${app.url}/api/held?who=${who}`, init);
  const first = held('first');
  await expect.poll(() => app.told()).toEqual(['first']);
  const leaving = new AbortController();
  const two = [1, 2].map(() => held('leaves', { signal: leaving.signal }));
  // One of them has the place to wait, the other is told to come later: so the first is there.
  expect((await Promise.race(two)).status).toBe(429);
  leaving.abort();
  await Promise.allSettled(two);
  const asks = () =>
    held('asks', { signal: AbortSignal.timeout(ASKS_WITHIN_MS) }).then(
      ({ status }) => status,
      () => 'waited in vain',
    );
  await expect.poll(asks).toBe('waited in vain');
  const lettingGo = setInterval(() => process.emit('let-go' as 'exit', 0), 10);
  try {
    expect((await first).status).toBe(200);
    expect((await held('last')).status).toBe(200);
  } finally {
    clearInterval(lettingGo);
  }
  expect(app.told()).not.toContain('leaves');
});

test('who waits is let in in the order of coming, one for each that leaves', async () => {
  const turnstile = createTurnstile({ maxConcurrentRequests: 1, maxOutstandingRequests: 4 });
  const entered: string[] = [];
  const goes = new EventEmitter();
  const enter = async (who: string, caller = new EventEmitter()) => {
    if ((await turnstile.enter(caller)) === 'entered') entered.push(who);
  };
  const all = [enter('one'), enter('two'), enter('gone', goes), enter('three'), enter('refused')];
  goes.emit('close');
  await Promise.all([all[0], all[2], all[4]]);
  expect(entered).toEqual(['one']);
  turnstile.leave();
  await all[1];
  turnstile.leave();
  await all[3];
  expect(entered).toEqual(['one', 'two', 'three']);
  turnstile.leave();
  await enter('four');
  expect(entered.at(-1)).toBe('four');
});
