import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { followSeconds } from './seconds.ts';

/** Each second, for as long as its host is on the page: draws it anew, since ages grow, or does what it is given. */
export class SecondsController implements ReactiveController {
  readonly #onSecond: () => void;
  #unfollow: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, onSecond: () => void = () => host.requestUpdate()) {
    this.#onSecond = onSecond;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unfollow = followSeconds(this.#onSecond);
  }

  hostDisconnected(): void {
    this.#unfollow?.();
  }
}
