import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Live } from './live.ts';

/** Draws its host again when what the page knows has changed. The host may be given its `live` at any time. */
export class LiveController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #live: () => Live | undefined;
  #followed: Live | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, live: () => Live | undefined) {
    this.#host = host;
    this.#live = live;
    host.addController(this);
  }

  hostConnected(): void {
    this.#follow();
  }

  hostUpdate(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#followed = undefined;
  }

  #follow(): void {
    const live = this.#live();
    if (live === this.#followed) return;
    this.#unsubscribe?.();
    this.#followed = live;
    this.#unsubscribe = live?.subscribe(() => this.#host.requestUpdate());
  }
}
