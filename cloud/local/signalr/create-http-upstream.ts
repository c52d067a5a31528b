import type { Logger } from 'pino';
import type { SignalRConnectionEvent } from './signalr-message.ts';
import { takeTurns } from './take-turns.ts';
import { upstreamHeaders } from './upstream-headers.ts';

/** How long the app may take to answer. */
const ANSWER_WITHIN_MS = 10_000;
/** Calls at a time: after a restart all signs come back at once, and the app is to keep up with them. */
const CALLS_AT_A_TIME = 32;
/** More, and what comes is not said: an app that does not answer must not fill the memory. */
const WAITING_AT_MOST = 2_000;
/** So many calls in a row that nobody answered, and for a while none is tried: what waits goes by, and the next is news. */
const UNANSWERED_BEFORE_REST = 5;
const REST_MS = 5_000;
const DROPPED_TOLD_EVERY_MS = 60_000;
const OPEN_CONNECTION = 10;
const CLOSE_CONNECTION = 11;

export type HttpUpstreamOptions = {
  /** Where the app listens; `{hub}`, `{category}` and `{event}` are filled in. It may hold a key: it is never logged. */
  readonly template: string;
  /** All that are valid: each signs. */
  readonly accessKeys: readonly string[];
  readonly log: Logger;
  /** Ends the calls that are under way. */
  readonly signal?: AbortSignal;
  readonly answerWithinMs?: number;
  readonly callsAtATime?: number;
  readonly waitingAtMost?: number;
  readonly restMs?: number;
  /** A clock that nobody sets. */
  readonly uptimeMs?: () => number;
};

/**
 * Tells an app of connections by HTTP, as the service does in serverless mode. Called in order for each connection, it
 * resolves once the app has answered. It never rejects: what the app did not take is logged, and not said again; so is how
 * much was not even tried, once a minute, while the app does not answer.
 */
export function createHttpUpstream(
  options: HttpUpstreamOptions,
): (event: SignalRConnectionEvent) => Promise<void> {
  const { template, accessKeys, log, signal, answerWithinMs = ANSWER_WITHIN_MS } = options;
  const { uptimeMs = () => performance.now(), restMs = REST_MS } = options;
  const inTurn = takeTurns({
    atATime: options.callsAtATime ?? CALLS_AT_A_TIME,
    waitingAtMost: options.waitingAtMost ?? WAITING_AT_MOST,
  });
  const drop = droppedLog(log, uptimeMs);
  let unanswered = 0;
  let restsUntilMs = Number.NEGATIVE_INFINITY;

  const call = async (event: SignalRConnectionEvent): Promise<void> => {
    const timeout = AbortSignal.timeout(answerWithinMs);
    const response = await fetch(upstreamUrl(template, event), {
      method: 'POST',
      headers: { ...asBytes(upstreamHeaders(event, accessKeys)), 'content-type': 'application/json' },
      body: JSON.stringify(bodyOf(event)),
      redirect: 'manual',
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the app answered ${response.status}`);
  };

  const tryCall = async (event: SignalRConnectionEvent): Promise<void> => {
    if (uptimeMs() < restsUntilMs) return drop();
    try {
      await call(event);
      unanswered = 0;
    } catch (cause) {
      unanswered = isTimeout(cause) ? unanswered + 1 : 0;
      if (unanswered >= UNANSWERED_BEFORE_REST) restsUntilMs = uptimeMs() + restMs;
      const { hub, event: name, connectionId } = event;
      log.warn({ err: cause, hub, event: name, connectionId }, 'an upstream call failed');
    }
  };

  return async (event) => {
    const told = inTurn(() => tryCall(event));
    if (told === undefined) drop();
    else await told;
  };
}

const isTimeout = (cause: unknown) => cause instanceof Error && cause.name === 'TimeoutError';

/** To be called for each event that is not said: thousands of them are one line. */
function droppedLog(log: Logger, uptimeMs: () => number): () => void {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let dropped = 0;
  return () => {
    dropped += 1;
    if (uptimeMs() - toldAtMs < DROPPED_TOLD_EVERY_MS) return;
    log.warn({ events: dropped }, 'the upstream does not answer: it is not told of all connections');
    toldAtMs = uptimeMs();
    dropped = 0;
  };
}

/** Whether the text can be the template of an upstream. */
export const isUpstreamTemplate = (text: string): boolean =>
  /^https?:$/.test(URL.parse(filled(text, { hub: 'h', category: 'c', event: 'e' }))?.protocol ?? '');

function upstreamUrl(template: string, { hub, event }: SignalRConnectionEvent): URL {
  const url = URL.parse(filled(template, { hub, category: 'connections', event }));
  if (url === null) throw new Error('the template of the upstream is no address');
  return url;
}

const filled = (template: string, values: Readonly<Record<'hub' | 'category' | 'event', string>>) =>
  template
    .replaceAll('{hub}', encodeURIComponent(values.hub))
    .replaceAll('{category}', encodeURIComponent(values.category))
    .replaceAll('{event}', encodeURIComponent(values.event));

const bodyOf = ({ event, error }: SignalRConnectionEvent) =>
  event === 'connected'
    ? { type: OPEN_CONNECTION }
    : { type: CLOSE_CONNECTION, ...(error === undefined ? {} : { error }) };

/** A header carries bytes, one a character: names of people and stores go as UTF-8. */
const asBytes = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString('latin1')]),
  );
