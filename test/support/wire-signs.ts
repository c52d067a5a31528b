import { createCloudApi } from '../../cloud/client/cloud-api.ts';
import { type FollowCloudOptions, followCloud } from '../../cloud/client/follow-cloud.ts';
import { identityOf, makeKeyPair, type SignIdentity, signIdOf } from '../../cloud/client/sign-identity.ts';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { openStore } from '../../cloud/store/open-store.ts';
import { createLightFetch } from './wire-signs-fetch.ts';
import { followByWire } from './wire-signs-follow.ts';

const CALLS_AT_ONCE = 24;
const CALL_TIMEOUT_MS = 30_000;
/** Signs come one by one; only what they lose, they lose together. */
const STARTED_AT_ONCE = 32;

/** The product's own client, or its twin that is light enough for thousands. */
export type ClientKind = 'product' | 'wire';

/** One of many signs: what it shows, and what befell it. */
export type FleetSign = {
  readonly signId: string;
  readonly kind: ClientKind;
  readonly isUp: () => boolean;
  readonly count: () => number | undefined;
  /** How often it has been up: connected, and its snapshot read since. */
  readonly timesUp: () => number;
  /** What it showed after something newer: must stay empty. */
  readonly backwards: readonly string[];
};

export type Fleet = {
  readonly signs: readonly FleetSign[];
  /** Of the twins: how long each signed negotiate took, and what failed. */
  readonly negotiatesMs: number[];
  readonly failures: unknown[];
  [Symbol.dispose](): void;
};

/** Calls an owner's function; as `call` of a CloudProcess. */
type Call = (method: string, path: string, body?: unknown) => Promise<Response>;

export type EnrolledSign = { readonly signId: string; readonly identity: SignIdentity };

/** Makes signs known to the cloud, each with a key of its own, and gives each its place. */
export async function enrolSigns(
  cloud: { readonly url: string; readonly call: Call },
  count: number,
  storeGroupId: string,
): Promise<EnrolledSign[]> {
  const { signal } = new AbortController();
  const api = createCloudApi(cloud.url, { fetch: globalThis.fetch, timeoutMs: CALL_TIMEOUT_MS, signal });
  const enrolled: EnrolledSign[] = [];
  let started = 0;
  const enrolSome = async () => {
    while (started < count) {
      started += 1;
      const identity = await identityOf(await makeKeyPair());
      const { signId } = await api.enrol(identity.publicKey);
      const placed = await cloud.call('PUT', API_PATHS.assignment(signId), { storeGroupId });
      if (!placed.ok) throw new Error(`assignment: ${placed.status} ${await placed.text()}`);
      await placed.arrayBuffer();
      enrolled.push({ signId, identity });
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, enrolSome));
  return enrolled;
}

/** As if they had enrolled and been placed long ago: thousands by the store's own port, in one transaction. */
export async function placedSigns(
  databaseFile: string,
  count: number,
  storeGroupId: string,
): Promise<EnrolledSign[]> {
  const signs = await Promise.all(
    Array.from({ length: count }, async () => {
      const identity = await identityOf(await makeKeyPair());
      return { identity, signId: await signIdOf(identity.publicKey) };
    }),
  );
  const store = await openStore(`sqlite:${databaseFile}`, { now: Date.now });
  try {
    await store.transaction(async (tx) => {
      for (const { signId, identity } of signs) {
        await tx.signs.enrol({ signId, publicKey: identity.publicKey, atMs: Date.now() });
        await tx.signs.assign(signId, storeGroupId);
      }
    });
  } finally {
    await store.close();
  }
  return signs;
}

/** Sets all of them to follow the cloud, a few at a time, the first so many by the product's own client. */
export function startFleet(
  cloudUrl: string,
  enrolled: readonly EnrolledSign[],
  ofTheProduct: number,
  timings: FollowCloudOptions['timings'] = {},
): Fleet {
  // One each: thousands of listeners on one signal would cost more than the signs.
  const endings: AbortController[] = [];
  const negotiatesMs: number[] = [];
  const failures: unknown[] = [];
  const fetch = createLightFetch();
  const waiting: (() => void)[] = [];
  const startNext = () => waiting.shift()?.();
  const signs = enrolled.map(({ signId, identity }, index): FleetSign => {
    const kind = index < ofTheProduct ? 'product' : 'wire';
    const memory = createMemory(startNext);
    const ending = new AbortController();
    endings.push(ending);
    const options = { cloudUrl, identity, signal: ending.signal, onState: memory.keep, timings };
    const onNegotiated = (tookMs: number) => void negotiatesMs.push(tookMs);
    const onFailure = (error: unknown) => void failures.push(error);
    waiting.push(() =>
      kind === 'product'
        ? followCloud(options)
        : followByWire({ ...options, fetch, onNegotiated, onFailure }),
    );
    return { signId, kind, ...memory };
  });
  for (let started = 0; started < STARTED_AT_ONCE; started += 1) startNext();
  return {
    signs,
    negotiatesMs,
    failures,
    [Symbol.dispose]() {
      for (const ending of endings) ending.abort();
    },
  };
}

const linkOf = (state: FeedState) => ('link' in state ? state.link : 'down');

/** What a sign was told to show, all through. */
function createMemory(onFirstUp: () => void) {
  let state: FeedState = { kind: 'starting', problem: null };
  let timesUp = 0;
  const newest = new Map<string, readonly [number, number]>();
  const backwards: string[] = [];
  return {
    backwards,
    isUp: () => linkOf(state) === 'up',
    timesUp: () => timesUp,
    count: () => (state.kind === 'following' ? state.stores[0]?.content.count : undefined),
    keep(next: FeedState) {
      const comesUp = linkOf(state) === 'down' && linkOf(next) === 'up';
      state = next;
      if (comesUp) timesUp += 1;
      if (comesUp && timesUp === 1) onFirstUp();
      if (next.kind !== 'following') return;
      for (const { content } of next.stores) {
        const [epoch, revision] = newest.get(content.store.id) ?? [0, 0];
        if (content.epoch < epoch || (content.epoch === epoch && content.revision < revision)) {
          backwards.push(`${content.epoch}.${content.revision} after ${epoch}.${revision}`);
        }
        newest.set(content.store.id, [content.epoch, content.revision]);
      }
    },
  };
}
