import { afterEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { createDoorCounter } from '../../build/demonstration/door-counter.ts';
import { readingPayloadSchema } from '../../cloud/contracts/telemetry.ts';

const stop = { current: new AbortController() };
afterEach(() => {
  stop.current.abort();
  stop.current = new AbortController();
  vi.useRealTimers();
});

function aCounter(send: (body: string) => Promise<void>) {
  const said: string[] = [];
  const counter = createDoorCounter({
    send,
    boot: 'boot-1',
    now: Date.now,
    say: (line) => said.push(line),
    signal: stop.current.signal,
  });
  return { counter, said };
}

const readingsIn = (body: string) => z.array(readingPayloadSchema).parse(JSON.parse(body));
const someone = { atMs: Date.UTC(2026, 10, 20, 12), in: 1, out: 0 };

describe('a simulated door counter', () => {
  test('sends what the cloud can read, each reading under a number of its own', async () => {
    const sent: string[] = [];
    const { counter } = aCounter(async (body) => void sent.push(body));
    await counter.count([someone, { ...someone, in: 0, out: 1 }]);
    await counter.count([someone]);
    expect(sent.map(readingsIn)).toEqual([
      [
        { kind: 'increment', boot: 'boot-1', sequence: 0, at: '2026-11-20T12:00:00.000Z', in: 1, out: 0 },
        { kind: 'increment', boot: 'boot-1', sequence: 1, at: '2026-11-20T12:00:00.000Z', in: 0, out: 1 },
      ],
      [{ kind: 'increment', boot: 'boot-1', sequence: 2, at: '2026-11-20T12:00:00.000Z', in: 1, out: 0 }],
    ]);
  });

  test('sends again, under the same numbers, what was not acknowledged', async () => {
    const sent: string[] = [];
    const { counter, said } = aCounter(async (body) => {
      sent.push(body);
      if (sent.length === 1) throw new Error('connection lost');
    });
    await counter.count([someone]);
    expect(said).toEqual(['not sent, trying again: connection lost']);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toBe(sent[0]);
  });

  test('sends a long backlog in messages of a hundred', async () => {
    const sent: string[] = [];
    const { counter } = aCounter(async (body) => void sent.push(body));
    await counter.count(Array.from({ length: 250 }, () => someone));
    expect(sent.map((body) => readingsIn(body).length)).toEqual([100, 100, 50]);
  });

  test('says every ten seconds that it lives when nobody comes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
    const sent: string[] = [];
    aCounter(async (body) => void sent.push(body));
    await vi.advanceTimersByTimeAsync(20_500);
    expect(sent.map((body) => readingsIn(body)[0])).toMatchObject([
      { sequence: 0, in: 0, out: 0 },
      { sequence: 1, in: 0, out: 0 },
    ]);
  });
});
