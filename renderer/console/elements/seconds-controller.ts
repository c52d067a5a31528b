import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { followSeconds } from './seconds.ts';

/** Draws its host anew each second, for as long as it is on the page: ages grow. */
export class SecondsController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #unfollow: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unfollow = followSeconds(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#unfollow?.();
  }
}
