import type { ReactiveController, ReactiveControllerHost } from 'lit';

const SECOND_MS = 1_000;
/** Just past the second, so that an age which ends there is over when it is read. */
const PAST_THE_SECOND_MS = 1;

/** Draws its host once a second, at the moment the age on the glass becomes a second older. */
export class TickController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #ageMs: () => number;
  readonly #onTick: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, ageMs: () => number, onTick: () => void) {
    this.#host = host;
    this.#ageMs = ageMs;
    this.#onTick = onTick;
    host.addController(this);
  }

  hostConnected(): void {
    this.restart();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** Falls in step with a new age. */
  restart(): void {
    clearTimeout(this.#timer);
    const intoSecondMs = this.#ageMs() % SECOND_MS;
    this.#timer = setTimeout(() => this.#tick(), SECOND_MS - intoSecondMs + PAST_THE_SECOND_MS);
  }

  #tick(): void {
    this.#onTick();
    this.#host.requestUpdate();
    this.restart();
  }
}
