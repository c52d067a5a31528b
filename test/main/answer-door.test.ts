import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { AnswerOutcome } from '../../cloud/contracts/answering.ts';
import type { AnswerAtSign } from '../../cloud/contracts/sign-report.ts';
import { openAnswerDoor } from '../../main/answer-door.ts';

type Handler = Parameters<Parameters<typeof openAnswerDoor>[0]['ipcMain']['handle']>[1];

const ASKED = { storeId: 'calle-mayor', alertKey: 'over-capacity store 1' };

/** The door as the page comes to it. */
function door({ isOurs = true } = {}) {
  const passed: AnswerAtSign[] = [];
  const clock = { nowMs: 0 };
  let outcome: Promise<AnswerOutcome> = Promise.resolve({ kind: 'answered' });
  let handler: Handler | undefined;
  openAnswerDoor({
    ipcMain: {
      handle(_channel, handle) {
        handler = handle;
      },
    },
    fromOurPage: () => isOurs,
    answer(asked) {
      passed.push(asked);
      return outcome;
    },
    log: pino({ level: 'silent' }),
    now: () => clock.nowMs,
  });
  return {
    passed,
    clock,
    comesTo: (next: Promise<AnswerOutcome>) => {
      outcome = next;
    },
    ask: async (asked: unknown) => (await handler?.({} as Parameters<Handler>[0], asked)) as AnswerOutcome,
  };
}

test('what came of an answer comes back to the page', async () => {
  const { ask, passed, comesTo } = door();
  expect(await ask(ASKED)).toEqual({ kind: 'answered' });
  comesTo(Promise.resolve({ kind: 'unreachable' }));
  expect(await ask(ASKED)).toEqual({ kind: 'unreachable' });
  expect(passed).toEqual([ASKED, ASKED]);
});

test('what is no answer, or comes from elsewhere, goes no further than the door', async () => {
  const ours = door();
  for (const asked of [undefined, null, 7, {}, { ...ASKED, more: 1 }, { ...ASKED, storeId: '../x' }])
    expect((await ours.ask(asked)).kind).toBe('refused');
  expect(ours.passed).toEqual([]);
  const stranger = door({ isOurs: false });
  expect((await stranger.ask(ASKED)).kind).toBe('refused');
  expect(stranger.passed).toEqual([]);
});

test('one answer is asked at a time, and five in ten seconds', async () => {
  const { ask, passed, clock, comesTo } = door();
  const { promise, resolve } = Promise.withResolvers<AnswerOutcome>();
  comesTo(promise);
  const first = ask(ASKED);
  expect((await ask(ASKED)).kind).toBe('refused');
  resolve({ kind: 'answered' });
  expect((await first).kind).toBe('answered');
  for (let more = 0; more < 4; more += 1) expect((await ask(ASKED)).kind).toBe('answered');
  clock.nowMs = 9_999;
  expect((await ask(ASKED)).kind).toBe('refused');
  clock.nowMs = 10_000;
  expect((await ask(ASKED)).kind).toBe('answered');
  expect(passed).toHaveLength(6);
});
