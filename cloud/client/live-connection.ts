import type { Wire } from './ask-cloud.ts';
import { childController } from './child-controller.ts';
import type { CloudApi } from './cloud-api.ts';
import { CloudError } from './cloud-error.ts';
import { elapsedMs, type Moment } from './moment.ts';
import { openHub } from './open-hub.ts';
import { startPushWatchdog } from './push-watchdog.ts';
import type { Link, SignFeed } from './sign-feed.ts';
import type { SignedIn } from './sign-in.ts';
import { SnapshotPuller } from './snapshot-puller.ts';
import type { Timings } from './timings.ts';

export type LiveConnectionOptions = {
  readonly signIn: () => Promise<SignedIn>;
  readonly cloud: CloudApi;
  readonly wire: Wire;
  readonly feed: SignFeed;
  readonly random: () => number;
  readonly now: () => Moment;
  readonly timings: Timings;
  /** Told of each pull that failed. */
  readonly onFailure: (error: unknown) => void;
};

/** Signs in, connects, pulls and follows until the connection ends; gives how long it lived, ms. @throws CloudError */
export async function liveConnection(options: LiveConnectionOptions): Promise<number> {
  const { signIn, feed, now, timings, onFailure } = options;
  const signedIn = await signIn();
  feed.signedIn(signedIn);
  const connection = childController(options.wire.signal);
  const { signal } = connection;
  const pull = createPull(options, signedIn, signal);
  const puller = new SnapshotPuller({
    ...options,
    signal,
    pull: () =>
      pull('up').catch((error) => {
        onFailure(error);
        throw error;
      }),
  });
  const heard = startPushWatchdog({
    silenceMs: timings.silenceMs,
    expectsPushes: () => feed.hasStores,
    onSilence: () => connection.abort(),
    signal,
  });
  try {
    const hub = await openHub({
      ...signedIn.negotiated,
      wire: { ...options.wire, signal },
      timings,
      onMessage: (message) => {
        heard();
        puller.wish(feed.pushed(message));
      },
    });
    const openedAt = now();
    puller.wish('at once');
    await hub.closed;
    return elapsedMs(openedAt, now());
  } catch (error) {
    // Where a network blocks nothing but WebSockets, the counts still come with every attempt.
    await pull('down').catch(() => undefined);
    throw error;
  } finally {
    connection.abort();
  }
}

/** A session that expired is renewed without touching the connection; signing in for it also renews the sign's groups. */
function createPull(options: LiveConnectionOptions, signedIn: SignedIn, signal: AbortSignal) {
  const { cloud, feed, now, signIn } = options;
  let sessionToken = signedIn.negotiated.session.token;
  const ask = async () => {
    const asked = now();
    return { asked, snapshots: await cloud.snapshots(sessionToken) };
  };
  return async (link: Link) => {
    const answer = await ask().catch(async (error) => {
      if (!(error instanceof CloudError) || error.code !== 'session-expired') throw error;
      sessionToken = (await signIn()).negotiated.session.token;
      return ask();
    });
    // An answer that outlived its connection could bring back a store that the next one saw leave.
    if (!signal.aborted) feed.pulled(answer.snapshots, answer.asked, link);
  };
}
