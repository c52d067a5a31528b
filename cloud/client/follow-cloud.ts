import type { FeedState } from '../contracts/feed.ts';
import { pause } from './child-controller.ts';
import { createCloudApi } from './cloud-api.ts';
import { problemOf, retryAfterOf } from './cloud-error.ts';
import { type LiveConnectionOptions, liveConnection } from './live-connection.ts';
import { type Moment, thisMoment } from './moment.ts';
import { retryDelayMs } from './retry-delay.ts';
import { SignFeed } from './sign-feed.ts';
import type { SignIdentity } from './sign-identity.ts';
import { createSignIn } from './sign-in.ts';
import { TIMINGS, type Timings } from './timings.ts';

export type FollowCloudOptions = {
  /** `http://127.0.0.1:7071`; a path is kept. */
  readonly cloudUrl: string;
  readonly identity: SignIdentity;
  /** Ends everything; no state is told after it. */
  readonly signal: AbortSignal;
  /** Until the first call the sign is starting, without a problem. */
  readonly onState: (state: FeedState) => void;
  readonly fetch?: typeof globalThis.fetch;
  /** 0 up to 1. */
  readonly random?: () => number;
  readonly now?: () => Moment;
  readonly timings?: Partial<Timings>;
};

/** Follows the cloud until the signal aborts. Starts at once, never throws and never gives up. */
export function followCloud(options: FollowCloudOptions): void {
  const { cloudUrl, identity, signal, onState, fetch = globalThis.fetch } = options;
  const { random = Math.random, now = thisMoment } = options;
  const timings = { ...TIMINGS, ...options.timings };
  const wire = { fetch, signal, timeoutMs: timings.callTimeoutMs };
  const cloud = createCloudApi(cloudUrl, wire);
  const signIn = createSignIn(cloud, identity);
  const feed = new SignFeed({ onState, now, signal });
  const onFailure = (error: unknown) => feed.failed(problemOf(error, cloudUrl));
  void keepFollowing({ signIn, cloud, wire, feed, random, now, timings, onFailure });
}

/**
 * A loop of our own around the SignalR client: with its automatic reconnect it comes back in one instant with all
 * other signs, never after a first failure, and not at all after 42 seconds.
 */
async function keepFollowing(options: LiveConnectionOptions): Promise<void> {
  const { feed, random, timings, wire, onFailure } = options;
  for (let attempt = 0; !wire.signal.aborted; attempt += 1) {
    let retryAfterMs = 0;
    try {
      const livedMs = await liveConnection(options);
      if (livedMs >= timings.stableAfterMs) attempt = 0;
    } catch (error) {
      retryAfterMs = retryAfterOf(error);
      onFailure(error);
    }
    feed.disconnected();
    await pause(retryDelayMs(attempt, retryAfterMs, random, timings), wire.signal);
  }
}
