import type { AnswerOutcome } from '../contracts/answering.ts';
import type { FeedState } from '../contracts/feed.ts';
import type { AnswerAtSign } from '../contracts/sign-report.ts';
import { answerAlert } from './answer-alert.ts';
import { childController, pause } from './child-controller.ts';
import { createCloudApi } from './cloud-api.ts';
import { isRevoked, problemOf, retryAfterOf } from './cloud-error.ts';
import { CloudSession } from './cloud-session.ts';
import { liveConnection } from './live-connection.ts';
import { deviceMoments, type Moment } from './moment.ts';
import { PairingAsker } from './pairing-asker.ts';
import { retryDelayMs } from './retry-delay.ts';
import { SignFeed } from './sign-feed.ts';
import type { SignIdentity } from './sign-identity.ts';
import { createSignIn } from './sign-in.ts';
import { type SignReport, startReporting } from './sign-reporting.ts';
import { TIMINGS, type Timings } from './timings.ts';

export type FollowCloudOptions = {
  /** `http://127.0.0.1:7071`; a path is kept. */
  readonly cloudUrl: string;
  readonly identity: SignIdentity;
  /** Ends everything; no state is told after it. */
  readonly signal: AbortSignal;
  /** Until the first call the sign is starting, without a problem. */
  readonly onState: (state: FeedState) => void;
  /** Of a sign with a glass. Without it nothing is reported, and no command done. */
  readonly report?: SignReport;
  readonly fetch?: typeof globalThis.fetch;
  /** 0 up to 1. */
  readonly random?: () => number;
  readonly now?: () => Moment;
  readonly timings?: Partial<Timings>;
};

/** What who stands before a sign may have it do. */
export type FollowedSign = {
  answer(asked: AnswerAtSign): Promise<AnswerOutcome>;
};

/** Follows the cloud until the signal aborts. Starts at once, never throws and never gives up. */
export function followCloud(options: FollowCloudOptions): FollowedSign {
  const { cloudUrl, identity, signal, onState, report, fetch = globalThis.fetch } = options;
  const { random = Math.random, now = deviceMoments(signal) } = options;
  const timings = { ...TIMINGS, ...options.timings };
  const wire = { fetch, signal, timeoutMs: timings.callTimeoutMs };
  const cloud = createCloudApi(cloudUrl, wire);
  const session = new CloudSession(createSignIn(cloud, identity));
  let connection = childController(signal);
  const reconnect = () => connection.abort();
  const onRefusal = (error: unknown) => {
    if (!isRevoked(error)) return;
    feed.revoked(problemOf(error, cloudUrl));
    pairing.ended();
    reconnect();
  };
  const onFailure = (error: unknown) => {
    onRefusal(error);
    feed.failed(problemOf(error, cloudUrl));
  };
  const shared = { session, cloud, now, random, timings, signal };
  const pairing = new PairingAsker({
    ...shared,
    ask: () => session.ask(cloud.pairingCode),
    onOffer: (offer, asked) => feed.offered(offer, asked),
    onFailure: onRefusal,
  });
  const feed: SignFeed = new SignFeed({
    onState,
    onPlace(storeGroupId) {
      pairing.placed(storeGroupId);
      reporting?.signedIn();
    },
    now,
    signal,
  });
  const reporting = report && startReporting({ ...shared, ...report, feed, reconnect, onFailure: onRefusal });
  void keepFollowing(signal, timings, random, {
    connect() {
      const ending = childController(signal);
      connection = ending;
      return liveConnection({
        ...shared,
        wire: { ...wire, signal: ending.signal },
        feed,
        onFailure,
        onConnected: (isConnected) => reporting?.connected(isConnected),
        onNudge: (signs) => reporting?.nudged(signs),
      }).finally(() => ending.abort());
    },
    onFailure,
    onEnd: () => feed.disconnected(),
  });
  return { answer: (asked) => answerAlert(shared, asked) };
}

type Connecting = {
  /** Gives how long the connection lived, ms. */
  readonly connect: () => Promise<number>;
  readonly onFailure: (error: unknown) => void;
  readonly onEnd: () => void;
};

/**
 * A loop of our own around the SignalR client: with its automatic reconnect it comes back in one instant with all
 * other signs, never after a first failure, and not at all after 42 seconds.
 */
async function keepFollowing(
  signal: AbortSignal,
  timings: Timings,
  random: () => number,
  { connect, onFailure, onEnd }: Connecting,
): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    let delayMs = 0;
    try {
      const livedMs = await connect();
      if (livedMs >= timings.stableAfterMs) attempt = 0;
      delayMs = retryDelayMs(attempt, 0, random, timings);
    } catch (error) {
      onFailure(error);
      delayMs = isRevoked(error)
        ? timings.revokedRetryMs * (0.5 + random())
        : retryDelayMs(attempt, retryAfterOf(error), random, timings);
    }
    onEnd();
    await pause(delayMs, signal);
  }
}
