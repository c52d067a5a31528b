import { type FollowedSign, followCloud } from '../../cloud/client/follow-cloud.ts';
import { PaintedGlass } from '../../cloud/client/painted-glass.ts';
import { identityOf, makeKeyPair } from '../../cloud/client/sign-identity.ts';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import type { Snapshot } from '../../cloud/contracts/snapshot.ts';
import { drawnOf } from '../../renderer/sign/view/drawn.ts';

const SECOND_MS = 1_000;
const MANAGER = { board: 'manager', asleep: false, tiles: [] } as const;

/** A sign without glass: the product's own feed, and what it would show. It reports that as if it were painted at once. */
export type FollowingSign = {
  state(): FeedState;
  /** The first store's snapshot, as a sign would draw it now. */
  shown(): Snapshot | undefined;
  /** Each revision that was shown, in the order it was. */
  revisions(): readonly number[];
  /** Its clocks run on, as if so long had passed. */
  leap(ms: number): void;
  /** Somebody before it answers for an alert. */
  readonly answer: FollowedSign['answer'];
  [Symbol.dispose](): void;
};

/** What a picture begins with. */
const A_PICTURE = new Uint8Array([0xff, 0xd8, 0xff]);

export async function followAsSign(
  cloudUrl: string,
  { picture = A_PICTURE }: { readonly picture?: Uint8Array<ArrayBuffer> } = {},
): Promise<FollowingSign> {
  const identity = await identityOf(await makeKeyPair());
  const ending = new AbortController();
  const revisions: number[] = [];
  let state: FeedState = { kind: 'starting', problem: null };
  const glass = new PaintedGlass(() => performance.now());
  let toldAtMs = performance.now();
  const message = () => {
    const [worst] = (state.kind === 'following' && state.messages) || [];
    return worst === undefined ? null : ({ message: worst, form: 'strip', more: 0 } as const);
  };
  const paint = () =>
    glass.report(drawnOf(state, performance.now() - toldAtMs, { ...MANAGER, message: message() }));
  let leaptMs = 0;
  // A glass draws each second, because ages grow.
  const seconds = setInterval(paint, SECOND_MS);
  ending.signal.addEventListener('abort', () => clearInterval(seconds));
  // Painted anew once whoever asked for it waits for that.
  const paintSoon = async () => void setTimeout(paint, 0);
  let unanswered: string | undefined;
  const shown = () => (state.kind === 'following' ? state.stores[0] : undefined);
  const followed = followCloud({
    cloudUrl,
    identity,
    signal: ending.signal,
    now: () => ({ monotonicMs: performance.now() + leaptMs, wallMs: Date.now() + leaptMs }),
    onState(next) {
      state = next;
      toldAtMs = performance.now();
      const revision = shown()?.content.revision;
      if (revision !== undefined && revision !== revisions.at(-1)) revisions.push(revision);
      paint();
    },
    report: {
      about: () => ({ app: 'Vitrine test', platform: 'Node', screen: { widthPx: 1_920, heightPx: 1_080 } }),
      boot: crypto.randomUUID(),
      glass,
      executors: {
        reload: paintSoon,
        restart: paintSoon,
        screenshot: async () => ({ mediaType: 'image/jpeg', body: picture }),
        unanswered: {
          keep: async (commandId) => {
            unanswered = commandId;
          },
          take: async () => {
            const commandId = unanswered;
            unanswered = undefined;
            return commandId;
          },
        },
      },
    },
  });
  return {
    state: () => state,
    shown,
    revisions: () => revisions,
    leap(ms) {
      leaptMs += ms;
    },
    answer: followed.answer,
    [Symbol.dispose]: () => ending.abort(),
  };
}
