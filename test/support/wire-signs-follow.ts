import { childController, pause } from '../../cloud/client/child-controller.ts';
import { createCloudApi } from '../../cloud/client/cloud-api.ts';
import { problemOf, retryAfterOf } from '../../cloud/client/cloud-error.ts';
import type { FollowCloudOptions } from '../../cloud/client/follow-cloud.ts';
import { elapsedMs, thisMoment } from '../../cloud/client/moment.ts';
import { retryDelayMs } from '../../cloud/client/retry-delay.ts';
import { SignFeed } from '../../cloud/client/sign-feed.ts';
import { createSignIn } from '../../cloud/client/sign-in.ts';
import { SnapshotPuller } from '../../cloud/client/snapshot-puller.ts';
import { TIMINGS } from '../../cloud/client/timings.ts';
import { openWireHub } from './wire-signs-hub.ts';

export type FollowByWireOptions = Pick<
  FollowCloudOptions,
  'cloudUrl' | 'identity' | 'signal' | 'onState' | 'timings'
> & {
  readonly fetch: typeof globalThis.fetch;
  /** How long it took from the first word to the cloud until the answer to negotiate was there, and of each failure. */
  readonly onNegotiated?: (tookMs: number) => void;
  readonly onFailure?: (error: unknown) => void;
};

/**
 * The wire twin of followCloud: signs in, negotiates, connects, pulls and comes back as the product does, by its own
 * parts, but for the SignalR client, in whose place stands the little of it that a sign uses.
 */
export function followByWire(options: FollowByWireOptions): void {
  const { cloudUrl, identity, signal, onState, fetch, onNegotiated, onFailure } = options;
  const timings = { ...TIMINGS, ...options.timings };
  const wire = { fetch, signal, timeoutMs: timings.callTimeoutMs };
  const cloud = createCloudApi(cloudUrl, wire);
  const signIn = createSignIn(cloud, identity);
  const feed = new SignFeed({ onState, now: thisMoment, signal });

  const live = async (): Promise<number> => {
    const startedMs = performance.now();
    const signedIn = await signIn();
    onNegotiated?.(performance.now() - startedMs);
    feed.signedIn(signedIn);
    const connection = childController(signal);
    const pull = async () => {
      const asked = thisMoment();
      const snapshots = await cloud.snapshots(signedIn.negotiated.session.token);
      if (!connection.signal.aborted) feed.pulled(snapshots, asked, 'up');
    };
    const puller = new SnapshotPuller({
      pull,
      random: Math.random,
      now: thisMoment,
      timings,
      signal: connection.signal,
    });
    try {
      const hub = await openWireHub({
        ...signedIn.negotiated,
        wire: { ...wire, signal: connection.signal },
        timings,
        onMessage: (message) => puller.wish(feed.pushed(message)),
      });
      const openedAt = thisMoment();
      puller.wish('at once');
      await hub.closed;
      return elapsedMs(openedAt, thisMoment());
    } finally {
      connection.abort();
    }
  };

  void (async () => {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      let retryAfterMs = 0;
      try {
        if ((await live()) >= timings.stableAfterMs) attempt = 0;
      } catch (error) {
        retryAfterMs = retryAfterOf(error);
        feed.failed(problemOf(error, cloudUrl));
        onFailure?.(error);
      }
      feed.disconnected();
      await pause(retryDelayMs(attempt, retryAfterMs, Math.random, timings), signal);
    }
  })();
}
