import { join } from 'node:path';
import type { Logger } from 'pino';
import { type FollowedSign, followCloud } from '../cloud/client/follow-cloud.ts';
import { deviceMoments } from '../cloud/client/moment.ts';
import type { SignReport } from '../cloud/client/sign-reporting.ts';
import type { FeedState, KeptSnapshot } from '../cloud/contracts/feed.ts';
import { setAside } from './atomic-file.ts';
import { signIdentityIn } from './credentials.ts';
import { watchDistrust } from './distrust.ts';
import { type ForkCloud, runEmbeddedCloud } from './embedded-cloud.ts';
import { createSnapshotKeeper, readKeptSnapshot, SNAPSHOT_FILE } from './kept-snapshot.ts';
import { EMBEDDED, type Settings } from './settings.ts';
import { createShellFeed, type ShellFeed } from './shell-feed.ts';
import { trustAuthority } from './trust-authority.ts';

const CLOUD_DIED = 'The cloud on this device does not start. It is tried again by itself.';

type FeedOptions = {
  readonly settings: Settings;
  readonly folder: string;
  readonly forkCloud: ForkCloud;
  /** Without it nothing is reported, and no command done. */
  readonly report?: SignReport;
  readonly onCloudLine: (line: string) => void;
  readonly log: Logger;
  readonly signal: AbortSignal;
};

export type Feed = Pick<ShellFeed, 'newest' | 'listen'> & {
  /** Unreachable while there is no cloud to follow. */
  answer: FollowedSign['answer'];
  /** Resolves once everything is written and the embedded cloud is gone; to be called after the signal. */
  ended(): Promise<void>;
};

/** What was last shown, at once; then what the cloud says, kept on disk and told on. */
export async function startFeed(options: FeedOptions): Promise<Feed> {
  const { folder, report, log, signal } = options;
  const { cloud } = options.settings;
  const remembered = await rememberedIn(folder, cloud, log);
  const feed = createShellFeed({ remembered, now: deviceMoments(signal) });
  const keeper = createSnapshotKeeper({
    folder,
    cloud,
    now: Date.now,
    onFailure: (err) => log.error({ err }, 'the last snapshot cannot be kept'),
  });
  const tell = (state: FeedState): void => {
    keeper.keep(state);
    feed.tell(state);
  };
  const identity = await signIdentityIn(folder, log);
  let followed: FollowedSign | undefined;
  const follow: Follow = (cloudUrl, authorityFile) => {
    const authority = trusted(authorityFile, log);
    const onReason = (reason: string | undefined) => {
      if (reason === undefined) log.info('the cloud is trusted again');
      else log.error({ reason }, 'the cloud is not trusted');
    };
    const watch = watchDistrust({ cloudUrl, authority, onReason });
    const onState = (state: FeedState) => tell(watch.explained(state));
    followed = followCloud({
      cloudUrl,
      identity,
      signal,
      fetch: watch.fetch,
      onState,
      ...(report && { report }),
    });
  };
  const { authority } = options.settings;
  const cloudEnded = cloud === EMBEDDED ? followOwnCloud(options, follow, tell) : follow(cloud, authority);
  return {
    newest: feed.newest,
    listen: feed.listen,
    answer: async (asked) => followed?.answer(asked) ?? { kind: 'unreachable' },
    async ended() {
      await Promise.all([keeper.close(), cloudEnded]);
    },
  };
}

type Follow = (cloudUrl: string, authorityFile: string | undefined) => void;

/** A shell whose authority is broken follows all the same: it shows what it remembers, and says why there is no more. */
function trusted(file: string | undefined, log: Logger) {
  if (file === undefined) return undefined;
  const trust = trustAuthority(file);
  if (trust.ok) log.info({ file, fingerprints: trust.fingerprints }, 'a private authority is trusted');
  else log.error({ why: trust.why }, 'the private authority of the cloud is not trusted');
  return { file, problem: trust.ok ? undefined : trust.why };
}

/** It comes back where it was, so following begins once. */
function followOwnCloud(
  { settings: { embedded }, forkCloud, onCloudLine, log, signal }: FeedOptions,
  follow: Follow,
  tell: (state: FeedState) => void,
): Promise<void> {
  let isFollowing = false;
  return runEmbeddedCloud({
    fork: forkCloud,
    ports: { http: embedded.httpPort, iotHub: embedded.iotHubPort },
    onReady(httpUrl, caFile) {
      log.info({ httpUrl }, 'the embedded cloud serves');
      if (!isFollowing) follow(httpUrl, httpUrl.startsWith('https:') ? caFile : undefined);
      isFollowing = true;
    },
    onEnd() {
      if (!isFollowing) tell({ kind: 'starting', problem: CLOUD_DIED, trouble: 'not-ready' });
    },
    onLine: onCloudLine,
    log,
    signal,
    now: () => performance.now(),
  });
}

async function rememberedIn(folder: string, cloud: string, log: Logger): Promise<KeptSnapshot | null> {
  const kept = await readKeptSnapshot(folder);
  if (kept.kind === 'value' && kept.value.cloud === cloud) return kept.value;
  if (kept.kind === 'broken') {
    log.error({ why: kept.why }, 'the last snapshot is broken; nothing is shown of it');
    await setAside(join(folder, SNAPSHOT_FILE)).catch((err) => log.error({ err }, 'it stays where it is'));
  }
  return null;
}
