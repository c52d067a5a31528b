import {
  type Fleet,
  type FleetMessage,
  fleetSchema,
  type ListedSign,
} from '../../../cloud/contracts/fleet.ts';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { type Overview, overviewSchema } from '../../../cloud/contracts/overview.ts';
import type { Person } from '../../../cloud/contracts/person.ts';
import { ApiProblem, ask } from '../api/ask.ts';
import type { Live } from './live.ts';
import {
  type AfterPush,
  fleetAfter,
  fleetAfterReading,
  isPictureNew,
  overviewAfterProof,
  overviewAfterReading,
  overviewAfterSnapshot,
  type SignTimes,
  signsRunOut,
} from './live-state.ts';
import type { HubListeners, openConsoleHub } from './open-console-hub.ts';

const SAFETY_READ_MS = 60_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;
const LOOK_FOR_RUN_OUT_MS = 2_000;
/** More at once than this: all are read instead. */
const FEW_SIGNS = 4;

export type LiveOptions = {
  readonly person: Person;
  readonly openHub: typeof openConsoleHub;
  /** The session ended. */
  readonly onSignedOut: () => void;
  /** Ends everything. */
  readonly signal: AbortSignal;
  readonly now: () => number;
};

/** Reads stores and signs, follows their changes, and reads them again after each connection. */
export function createLive({ person, openHub, onSignedOut, signal, now }: LiveOptions): Live {
  const listeners = new Set<() => void>();
  const signTimes: SignTimes = new Map();
  /** For each reading under way the signs that were told of meanwhile. */
  const pushedSince = new Set<Set<string>>();
  const pushedFromNow = (): Set<string> => {
    const pushed = new Set<string>();
    pushedSince.add(pushed);
    return pushed;
  };
  const live = {
    overview: null as Overview | null,
    fleet: null as Fleet | null,
    person: person as Person | null,
    link: 'down' as 'up' | 'down',
    downSinceMs: now() as number | null,
    changedAtMs: null as number | null,
    clockOffsetMs: 0,
    serverNowMs: () => now() + live.clockOffsetMs,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    refresh,
    refreshFleet,
  };
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const changed = (change: Partial<typeof live>) => {
    Object.assign(live, change, { changedAtMs: now() });
    tell();
  };
  const heardClock = (nowMs: number) => {
    live.clockOffsetMs = nowMs - now();
  };

  let reading: Promise<void> | undefined;
  function refresh(): Promise<void> {
    reading ??= readAll().finally(() => {
      reading = undefined;
    });
    return reading;
  }
  async function readAll(): Promise<void> {
    const pushed = pushedFromNow();
    try {
      const [overview, fleet] = await Promise.all([
        ask(overviewSchema, API_PATHS.overview, { signal }),
        ask(fleetSchema, API_PATHS.fleet, { signal }),
      ]);
      heardClock(overview.nowMs);
      changed({
        overview: overviewAfterReading(live.overview, overview),
        fleet: fleetAfterReading({ fleet: live.fleet, read: fleet, pushed }, signTimes),
      });
    } catch (problem) {
      endIfSignedOut(problem);
    } finally {
      pushedSince.delete(pushed);
    }
  }
  async function refreshFleet(signId?: string): Promise<void> {
    const pushed = pushedFromNow();
    try {
      const path = signId === undefined ? API_PATHS.fleet : API_PATHS.fleetSign(signId);
      const read = await ask(fleetSchema, path, { signal });
      heardClock(read.nowMs);
      const { fleet } = live;
      if (signId === undefined || fleet === null)
        return changed({ fleet: fleetAfterReading({ fleet, read, pushed }, signTimes) });
      const { nowMs } = read;
      const after = (before: Fleet, sign: ListedSign) => fleetAfter(before, { nowMs, sign }, signTimes);
      changed({ fleet: read.signs.reduce(after, fleet) });
    } catch (problem) {
      endIfSignedOut(problem);
    } finally {
      pushedSince.delete(pushed);
    }
  }
  const askedFor = new Map<string, number | null>();
  const endIfSignedOut = (problem: unknown) => {
    if (problem instanceof ApiProblem && problem.status === 401 && !signal.aborted) onSignedOut();
  };

  const afterPush = (after: AfterPush) => {
    if (after === 'read-again') void refresh();
    else if (after !== 'as-before') changed({ overview: after });
  };
  const pushed: Omit<HubListeners, 'onClosed'> = {
    onSnapshot: (snapshot) => {
      if (live.overview !== null) afterPush(overviewAfterSnapshot(live.overview, snapshot));
    },
    onProof: (proof) => {
      if (live.overview !== null) afterPush(overviewAfterProof(live.overview, proof));
    },
    onFleet: (message: FleetMessage) => {
      heardClock(message.nowMs);
      for (const pushed of pushedSince) pushed.add(message.sign.signId);
      if (live.fleet === null) return;
      const hasNewPicture = isPictureNew(live.fleet, message);
      changed({ fleet: fleetAfter(live.fleet, message, signTimes) });
      if (hasNewPicture) void refreshFleet(message.sign.signId);
    },
    onUnreadable: () => void refresh(),
  };

  void refresh();
  void followHub();
  void readEvery(SAFETY_READ_MS, refresh);
  void readEvery(LOOK_FOR_RUN_OUT_MS, readRunOut);
  return live;

  async function followHub(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (!signal.aborted) {
      try {
        const closed = Promise.withResolvers<void>();
        const close = await openHub(person.personId, { ...pushed, onClosed: closed.resolve });
        signal.addEventListener('abort', () => void close().catch(() => undefined), { once: true });
        retryMs = FIRST_RETRY_MS;
        // Only what is read from here on is followed by all pushes: a reading under way may have missed some.
        await reading;
        await refresh();
        linkIs('up');
        await closed.promise;
      } catch (problem) {
        endIfSignedOut(problem);
      }
      linkIs('down');
      await pause(retryMs * (0.5 + Math.random()), signal);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    }
  }

  function linkIs(link: 'up' | 'down'): void {
    if (live.link === link) return;
    live.link = link;
    live.downSinceMs = link === 'up' ? null : now();
    tell();
  }

  async function readEvery(periodMs: number, read: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      await pause(periodMs * (0.75 + Math.random() / 2), signal);
      if (!signal.aborted) await read();
    }
  }

  /** Asked once for each end, so that a sign which the cloud sees otherwise is not asked for again and again. */
  async function readRunOut(): Promise<void> {
    if (live.fleet === null) return;
    const ranOut = signsRunOut(live.fleet, live.serverNowMs());
    const signIds = ranOut.filter(({ signId, stateUntilMs }) => askedFor.get(signId) !== stateUntilMs);
    for (const { signId, stateUntilMs } of signIds) askedFor.set(signId, stateUntilMs);
    if (signIds.length > FEW_SIGNS) return refreshFleet();
    await Promise.all(signIds.map(({ signId }) => refreshFleet(signId)));
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
