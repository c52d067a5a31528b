import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The keys of a page, wherever on it they are pressed, for as long as it is there. */
export class KeysController implements ReactiveController {
  readonly #pressed: (event: KeyboardEvent) => void;

  constructor(host: ReactiveControllerHost, pressed: (event: KeyboardEvent) => void) {
    this.#pressed = pressed;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('keydown', this.#pressed);
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.#pressed);
  }
}
