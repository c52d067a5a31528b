import type { Moment } from '../../../cloud/client/moment.ts';
import type { HubMessage } from '../../../cloud/client/open-hub.ts';
import { SignFeed } from '../../../cloud/client/sign-feed.ts';
import type { FeedState, RememberedStore } from '../../../cloud/contracts/feed.ts';
import { createShellFeed, type ShellFeed } from '../../../main/shell-feed.ts';
import type { Clocks, Stopwatch } from '../../../renderer/sign/stopwatch.ts';
import { SIGN_ID } from '../glass-states.ts';
import { PlayedDevice } from './played-device.ts';
import { PlayedGlass, type PlayedPicture } from './played-glass.ts';
import type { Schedule, Step } from './schedules.ts';
import { TrueStore } from './true-store.ts';

/** The parts of a sign that know the time. */
export type TimeParts = {
  readonly startStopwatch: (clocks: Clocks) => Stopwatch;
  readonly moments: (clocks: Clocks) => () => Moment;
};

/** A picture, and how long ago its count was really true when it was drawn. */
export type Judged = PlayedPicture & { readonly trueAgeMs: number };

const GROUP = 'spain';
const NEGOTIATED = {
  url: '',
  accessToken: '',
  session: { token: '', expiresInSeconds: 60 },
  storeGroupId: GROUP,
};

export type Played = {
  readonly drawn: readonly Judged[];
  /** What it drew once the cloud could be asked again, and what the cloud knew then. */
  readonly end: Judged | null;
  readonly newest: { readonly epoch: number; readonly revision: number };
};

export function played({ liveForMs, steps }: Schedule, parts: TimeParts): Played {
  const world = new World(liveForMs, parts);
  world.pull(50, 50);
  for (const step of steps) world.play(step);
  world.runFor(1_000);
  world.store.heard(world.device.nowMs);
  world.reconnects();
  world.runFor(500);
  return { drawn: world.drawn, end: world.picture(), newest: world.store.revision };
}

/**
 * A clock that is set back within the same second in which the machine sleeps with its steady clock hides that sleep from
 * everybody; whatever lies further apart, the sign has to see.
 */
const SEEN_WITHIN_MS = 1_001;

type Event = { readonly atMs: number; readonly connection: number; readonly happens: () => void };

class World {
  readonly device = new PlayedDevice();
  readonly drawn: Judged[] = [];
  readonly store: TrueStore;
  readonly #parts: TimeParts;
  #events: Event[] = [];
  #connection = 0;
  #cutUntilMs = 0;
  #drawsAtSteadyMs = 0;
  #isUnseen: 'set back' | 'slept' | null = null;
  #kept: readonly RememberedStore[] = [];
  #now!: () => Moment;
  #feed!: SignFeed;
  #shell!: ShellFeed;
  #glass!: PlayedGlass;

  constructor(liveForMs: number, parts: TimeParts) {
    this.store = new TrueStore(liveForMs, 0);
    this.#parts = parts;
    this.#starts();
    this.#connects();
  }

  play(step: Step): void {
    this.runFor(step.afterMs);
    switch (step.kind) {
      case 'counted':
      case 'heard':
      case 'restored':
        this.store[step.kind](this.device.nowMs);
        break;
      case 'push':
      case 'proof':
        this.#send(step);
        break;
      case 'pull':
        this.pull(step.outMs, step.backMs);
        break;
      case 'cut':
        if (step.isNoticed) this.#loses();
        this.#cutUntilMs = Math.max(this.#cutUntilMs, this.device.nowMs + step.forMs);
        break;
      case 'reconnects':
        this.reconnects();
        break;
      case 'restarts':
        this.#loses();
        this.#starts();
        this.#connects();
        break;
      case 'reloads':
        this.#loadsPage();
        break;
      case 'wall clock':
        this.#setWall(step.byMs);
        break;
      case 'stops':
        this.#stops(step);
        break;
      default:
        step satisfies never;
    }
  }

  pull(outMs: number, backMs: number): void {
    const asked = this.#now();
    const { nowMs } = this.device;
    this.#at(nowMs + outMs, () => {
      const snapshots = [this.store.snapshot(this.device.nowMs)];
      this.#at(this.device.nowMs + backMs, () =>
        this.#feed.pulled({ storeGroupId: GROUP, snapshots }, asked, 'up'),
      );
    });
  }

  reconnects(): void {
    this.#loses();
    this.#cutUntilMs = 0;
    this.#connects();
    this.pull(50, 50);
  }

  /** The device runs; what came while it did not is handled first, the oldest before the newer. */
  runFor(ms: number): void {
    const untilMs = this.device.nowMs + ms;
    for (;;) {
      const drawInMs = this.#drawsAtSteadyMs - this.device.steady();
      const drawAtMs = this.device.nowMs + Math.max(0, drawInMs);
      const event = this.#events[0];
      if (event !== undefined && event.atMs <= Math.min(drawAtMs, untilMs)) {
        this.#events.shift();
        this.device.runUntil(event.atMs);
        if (event.connection === this.#connection) event.happens();
      } else if (drawAtMs <= untilMs) {
        this.device.runUntil(drawAtMs);
        this.#draw();
      } else {
        this.device.runUntil(untilMs);
        return;
      }
    }
  }

  picture(): Judged | null {
    const picture = this.#glass.draw();
    return picture && { ...picture, trueAgeMs: this.store.trueAgeMs(picture, this.device.nowMs) };
  }

  #setWall(byMs: number): void {
    if (byMs < 0 && this.#isUnseen === 'slept') this.runFor(SEEN_WITHIN_MS);
    this.device.setWallBy(byMs);
    if (byMs < 0) this.#isUnseen = 'set back';
  }

  #stops({ forMs, steady }: Extract<Step, { kind: 'stops' }>): void {
    if (steady === 'stands' && this.#isUnseen === 'set back') this.runFor(SEEN_WITHIN_MS);
    this.device.sleep(forMs, steady);
    if (steady === 'stands') this.#isUnseen = 'slept';
  }

  /** The program, with what it remembers. */
  #starts(): void {
    this.#now = this.#parts.moments(this.device);
    const remembered = { cloud: '', storeGroupId: GROUP, stores: [...this.#kept] };
    this.#shell = createShellFeed({ remembered: this.#kept.length > 0 ? remembered : null, now: this.#now });
    this.#shell.listen((state) => this.#receive(state));
    this.#feed = new SignFeed({
      now: this.#now,
      signal: new AbortController().signal,
      onState: (state) => this.#tell(state),
    });
    this.#loadsPage();
  }

  #loadsPage(): void {
    this.#glass = new PlayedGlass(this.device, this.#parts.startStopwatch);
    this.#receive(this.#shell.newest());
  }

  #tell(state: FeedState): void {
    if (state.kind === 'following') {
      this.#kept = state.stores.map(({ content, proof }) => ({
        content,
        trueAtMs: this.device.wall() - (proof.ageMs ?? 0),
      }));
    }
    this.#shell.tell(state);
  }

  #receive(state: FeedState): void {
    this.#glass.receive(state);
    this.#draw();
  }

  #draw(): void {
    const picture = this.picture();
    if (picture !== null) this.drawn.push(picture);
    this.#now();
    this.#isUnseen = null;
    this.#drawsAtSteadyMs = this.device.steady() + this.#glass.nextDrawMs();
  }

  #connects(): void {
    this.#feed.signedIn({ signId: SIGN_ID, negotiated: NEGOTIATED });
  }

  #loses(): void {
    this.#connection += 1;
    this.#feed.disconnected();
  }

  #send({ kind, takesMs }: Extract<Step, { kind: 'push' | 'proof' }>): void {
    const { nowMs } = this.device;
    const message: HubMessage =
      kind === 'push'
        ? { kind: 'snapshot', snapshot: this.store.snapshot(nowMs) }
        : { kind, proof: this.store.proof(nowMs) };
    for (const ms of takesMs) this.#at(nowMs + ms, () => void this.#feed.pushed(message));
  }

  #at(atMs: number, happens: () => void): void {
    const event = { atMs: Math.max(atMs, this.#cutUntilMs), connection: this.#connection, happens };
    const index = this.#events.findIndex((other) => other.atMs > event.atMs);
    this.#events.splice(index === -1 ? this.#events.length : index, 0, event);
  }
}
