import type { FeedState } from '../../../cloud/contracts/feed.ts';
import type { Freshness } from '../../../cloud/domain/freshness.ts';
import type { Clocks, Stopwatch } from '../../../renderer/sign/stopwatch.ts';
import { CloudClock } from '../../../renderer/sign/view/cloud-clock.ts';
import { type DoorFace, doorFace } from '../../../renderer/sign/view/door-face.ts';
import { drawnOf } from '../../../renderer/sign/view/drawn.ts';
import { storeView } from '../../../renderer/sign/view/store-view.ts';

/** What stands on the boards of one store, and what the glass tells of it. */
export type PlayedPicture = {
  readonly epoch: number;
  readonly revision: number;
  readonly freshness: Freshness;
  readonly told: Freshness | null;
  readonly ageMs: number | null;
  readonly door: DoorFace['state'];
};

const SHOWN = { board: 'manager', asleep: false, tiles: [] } as const;

/** As the glass itself reckons, without a screen: receives a state, and draws it again each second. */
export class PlayedGlass {
  readonly #clocks: Clocks;
  readonly #startStopwatch: (clocks: Clocks) => Stopwatch;
  readonly #cloudClock = new CloudClock();
  #state: FeedState = { kind: 'starting', problem: null };
  #received: Stopwatch;

  constructor(clocks: Clocks, startStopwatch: (clocks: Clocks) => Stopwatch) {
    this.#clocks = clocks;
    this.#startStopwatch = startStopwatch;
    this.#received = startStopwatch(clocks);
  }

  receive(state: FeedState): void {
    this.#state = state;
    this.#received = this.#startStopwatch(this.#clocks);
    const sentAtMs = state.kind === 'following' ? state.stores[0]?.proof.sentAtMs : undefined;
    this.#cloudClock.note(sentAtMs ?? null, this.#clocks.steady());
  }

  /** ms until it draws by itself. */
  nextDrawMs(): number {
    const ageMs = this.#state.kind === 'following' ? (this.#state.stores[0]?.proof.ageMs ?? 0) : 0;
    return 1_001 - ((ageMs + this.#received.elapsedMs()) % 1_000);
  }

  draw(): PlayedPicture | null {
    const state = this.#state;
    const elapsedMs = this.#received.elapsedMs();
    const told = drawnOf(state, elapsedMs, SHOWN).freshness;
    if (state.kind === 'remembered') {
      const [store] = state.stores;
      if (store === undefined) return null;
      const { epoch, revision } = store.content;
      return { epoch, revision, freshness: 'unknown', told, ageMs: null, door: 'unknown' };
    }
    if (state.kind !== 'following' || state.stores[0] === undefined) return null;
    const [snapshot] = state.stores;
    const { freshness, ageMs } = storeView(snapshot, elapsedMs);
    const face = doorFace(snapshot, elapsedMs, this.#cloudClock.nowMs(this.#clocks.steady()));
    const { epoch, revision } = snapshot.content;
    return { epoch, revision, freshness, told, ageMs, door: face.state };
  }
}
