import { vi } from 'vitest';
import { type FollowCloudOptions, followCloud } from '../../cloud/client/follow-cloud.ts';
import { identityOf, makeKeyPair, signIdOf } from '../../cloud/client/sign-identity.ts';
import { type FeedState, feedStateSchema } from '../../cloud/contracts/feed.ts';

/** Short enough for a test, and no safety poll within it. */
export const QUICK = {
  firstRetryWithinMs: 10,
  retryBaseMs: 10,
  retryCapMs: 50,
  pullSpacingMs: 50,
  pullJitterMs: 5,
  stableAfterMs: 0,
} as const;

/** A sign that remembers every state it was told. */
export async function follow(cloudUrl: string, options: Partial<FollowCloudOptions> = {}) {
  const identity = await identityOf(await makeKeyPair());
  const ending = new AbortController();
  const states: FeedState[] = [];
  followCloud({
    cloudUrl,
    identity,
    signal: ending.signal,
    onState: (state) => void states.push(feedStateSchema.parse(state)),
    ...options,
    timings: { ...QUICK, ...options.timings },
  });
  return {
    states,
    signId: await signIdOf(identity.publicKey),
    last: () => states.at(-1),
    /** What is on the glass: `north 3`. */
    shown: () => shownIn(states.at(-1)),
    shows: (what: string, link: 'up' | 'down' = 'up') =>
      vi.waitUntil(
        () => {
          const last = states.at(-1);
          return last?.kind === 'following' && last.link === link && shownIn(last) === what;
        },
        { timeout: 10_000, interval: 5 },
      ),
    abort: () => ending.abort(),
    [Symbol.dispose]: () => ending.abort(),
  };
}

export function shownIn(state: FeedState | undefined): string {
  if (state?.kind !== 'following') return '';
  return state.stores.map(({ content }) => `${content.store.id} ${content.count}`).join(', ');
}
