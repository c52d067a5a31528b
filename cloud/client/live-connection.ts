import type { Wire } from './ask-cloud.ts';
import { childController } from './child-controller.ts';
import type { CloudApi } from './cloud-api.ts';
import type { CloudSession } from './cloud-session.ts';
import { elapsedMs, type Moment } from './moment.ts';
import { openHub } from './open-hub.ts';
import { startPushWatchdog } from './push-watchdog.ts';
import type { Link, SignFeed } from './sign-feed.ts';
import { SnapshotPuller } from './snapshot-puller.ts';
import type { Timings } from './timings.ts';

export type LiveConnectionOptions = {
  readonly session: CloudSession;
  readonly cloud: CloudApi;
  readonly wire: Wire;
  readonly feed: SignFeed;
  readonly random: () => number;
  readonly now: () => Moment;
  readonly timings: Timings;
  /** Told of each pull that failed. */
  readonly onFailure: (error: unknown) => void;
  /** Told when pushes begin to come, and when they end. */
  readonly onConnected: (isConnected: boolean) => void;
  /** Something waits for so many signs, of which this is one. */
  readonly onNudge: (signs: number) => void;
};

/** Signs in, connects, pulls and follows until the connection ends; gives how long it lived, ms. @throws CloudError */
export async function liveConnection(options: LiveConnectionOptions): Promise<number> {
  const { session, feed, now, timings, onFailure, onConnected, onNudge } = options;
  const signedIn = await session.signIn();
  feed.signedIn(signedIn);
  const connection = childController(options.wire.signal);
  const { signal } = connection;
  const pull = createPull(options, signal);
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
        if (message.kind === 'nudge') onNudge(message.signs);
        puller.wish(feed.pushed(message));
      },
    });
    const openedAt = now();
    puller.wish('at once');
    onConnected(true);
    await hub.closed;
    return elapsedMs(openedAt, now());
  } catch (error) {
    // Where a network blocks nothing but WebSockets, the counts still come with every attempt.
    await pull('down').catch(() => undefined);
    throw error;
  } finally {
    connection.abort();
    onConnected(false);
  }
}

function createPull({ session, cloud, feed, now }: LiveConnectionOptions, signal: AbortSignal) {
  return async (link: Link) => {
    let asked = now();
    const snapshots = await session.ask((token) => {
      asked = now();
      return cloud.snapshots(token);
    });
    // An answer that outlived its connection could bring back a store that the next one saw leave.
    if (!signal.aborted) feed.pulled(snapshots, asked, link);
  };
}
