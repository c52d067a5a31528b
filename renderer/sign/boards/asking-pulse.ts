import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Asked, asksAnew, isUnanswered } from '../view/asking.ts';

/** Long enough that nobody gets used to it, short enough that whoever comes back sees it. */
const AGAIN_AFTER_MS = 2 * 60_000;

/** Counts how often an alarm has asked for an answer: once as it appears, anew when it asks anew, and as long as nobody gives one. */
export class AskingPulse implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #asked: Asked | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #round = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get round(): number {
    return this.#round;
  }

  /** With each picture. */
  note(asked: Asked | null): void {
    const isAnew = asksAnew(this.#asked, asked);
    if (isAnew) this.#round += 1;
    this.#asked = asked;
    if (isAnew || !isUnanswered(asked)) this.#rest();
    if (isUnanswered(asked)) this.#timer ??= setInterval(() => this.#askAgain(), AGAIN_AFTER_MS);
  }

  hostConnected(): void {
    this.note(this.#asked);
  }

  hostDisconnected(): void {
    this.#rest();
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #askAgain(): void {
    this.#round += 1;
    this.#host.requestUpdate();
  }
}
