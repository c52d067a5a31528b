import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { askCamera, type CameraAnswer } from './ask-camera.ts';
import type { Camera } from './config.ts';
import { createLogin } from './create-login.ts';
import { createLatest, type Latest } from './latest.ts';
import { tellCloud } from './tell-cloud.ts';

/** How long the poller waits for what, in milliseconds. */
export const POLL_TIMINGS = {
  /** One question to a camera, with all its turns. */
  askTimeoutMs: 10_000,
  /** The cloud answers after the commit, which may take it 20 s. */
  tellTimeoutMs: 30_000,
  retryBaseMs: 1_000,
  retryCapMs: 60_000,
  retryAfterAtMostMs: 120_000,
  /** After a wrong login: cameras lock one that is tried again and again, for people as well. */
  refusedPauseMs: 300_000,
} as const;

export type PollTimings = { readonly [name in keyof typeof POLL_TIMINGS]: number };

export type PollOptions = {
  readonly cloudUrl: string;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** 0 up to 1. */
  readonly random?: () => number;
  readonly timings?: Partial<PollTimings>;
};

/** By the monotonic clock: a camera may be dead by the time that the cloud hears what it last said. */
type GivenAnswer = CameraAnswer & { readonly givenAtMs: number };

type Poll = Required<PollOptions> & { readonly timings: PollTimings; readonly camera: Camera };

/**
 * Asks one camera again and again, and hands its newest answer on until the cloud has committed it: its totals only
 * grow, so what was not handed on is in the next one. Resolves after the signal, and never rejects.
 */
export async function pollCamera(camera: Camera, options: PollOptions): Promise<void> {
  const { log, random = Math.random } = options;
  const timings = { ...POLL_TIMINGS, ...options.timings };
  const poll = { ...options, random, timings, camera, log: log.child({ sensorId: camera.sensorId }) };
  const latest = createLatest<GivenAnswer>(options.signal);
  await Promise.all([keepAsking(poll, latest), keepTelling(poll, latest)]);
}

async function keepAsking({ camera, log, random, timings, signal }: Poll, latest: Latest<GivenAnswer>) {
  const login = camera.login === null ? null : createLogin(camera.login);
  const say = sayChanges(log, 'the camera');
  // Cameras on one network are not asked all at once.
  await pause(random() * camera.everyMs, signal);
  while (!signal.aborted) {
    const askedAtMs = performance.now();
    const asked = await askCamera({ url: camera.url, login, timeoutMs: timings.askTimeoutMs, signal });
    if (signal.aborted) return;
    if (asked.kind === 'answer') latest.put({ ...asked.answer, givenAtMs: performance.now() });
    say(asked.kind === 'answer' ? null : asked.why);
    const tookMs = performance.now() - askedAtMs;
    const spacingMs =
      asked.kind === 'refused' ? Math.max(timings.refusedPauseMs, camera.everyMs) : camera.everyMs;
    await pause(spacingMs - tookMs, signal);
  }
}

async function keepTelling(poll: Poll, latest: Latest<GivenAnswer>): Promise<void> {
  const { camera, cloudUrl, log, random, timings, signal } = poll;
  const { sensorId, ingestKey } = camera;
  const say = sayChanges(log, 'the cloud');
  const to = { cloudUrl, sensorId, ingestKey, timeoutMs: timings.tellTimeoutMs, signal };
  let answer = await latest.next();
  for (let failures = 0; answer !== undefined; ) {
    const told = await tellCloud({ ...answer, ageMs: performance.now() - answer.givenAtMs }, to);
    if (signal.aborted) return;
    say(told.kind === 'committed' ? null : told.why);
    if (told.kind === 'committed') {
      failures = 0;
      answer = await latest.next();
    } else {
      const growingMs = Math.min(timings.retryCapMs, timings.retryBaseMs * 2 ** failures);
      const wantedMs = Math.min(told.retryAfterMs, timings.retryAfterAtMostMs);
      await pause(Math.max(growingMs * (0.5 + random() / 2), wantedMs), signal);
      failures += 1;
      answer = signal.aborted ? undefined : (latest.take() ?? answer);
    }
  }
}

/** Says a problem when it begins, when it becomes another, and when it is over; not each time. */
function sayChanges(log: Logger, who: string): (problem: string | null) => void {
  let said: string | null | undefined;
  return (problem) => {
    if (problem === said) return;
    said = problem;
    if (problem === null) log.info(`${who} answers`);
    else log.warn({ why: problem }, `${who} does not take part`);
  };
}

/** Ends early, and without a word, when the signal comes. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(Math.max(0, ms), undefined, { signal }).catch(() => undefined);
