import { followCloud } from '../../cloud/client/follow-cloud.ts';
import { identityOf, makeKeyPair } from '../../cloud/client/sign-identity.ts';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import type { Snapshot } from '../../cloud/contracts/snapshot.ts';

/** A sign without glass: the product's own feed, and what it would show. */
export type FollowingSign = {
  state(): FeedState;
  /** The first store's snapshot, as a sign would draw it now. */
  shown(): Snapshot | undefined;
  /** Each revision that was shown, in the order it was. */
  revisions(): readonly number[];
  [Symbol.dispose](): void;
};

export async function followAsSign(cloudUrl: string): Promise<FollowingSign> {
  const identity = await identityOf(await makeKeyPair());
  const ending = new AbortController();
  const revisions: number[] = [];
  let state: FeedState = { kind: 'starting', problem: null };
  const shown = () => (state.kind === 'following' ? state.stores[0] : undefined);
  followCloud({
    cloudUrl,
    identity,
    signal: ending.signal,
    onState(next) {
      state = next;
      const revision = shown()?.content.revision;
      if (revision !== undefined && revision !== revisions.at(-1)) revisions.push(revision);
    },
  });
  return {
    state: () => state,
    shown,
    revisions: () => revisions,
    [Symbol.dispose]: () => ending.abort(),
  };
}
