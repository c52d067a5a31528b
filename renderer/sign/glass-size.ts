import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Glass } from './view/letters.ts';

/** How large its host is, px; drawn anew when that changes. */
export class GlassSize implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer: ResizeObserver | undefined;
  #size: Glass = { widthPx: 0, heightPx: 0 };

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  get size(): Glass {
    return this.#size;
  }

  hostConnected(): void {
    this.#measure();
    this.#observer = new ResizeObserver(() => this.#measure());
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #measure(): void {
    const { clientWidth: widthPx, clientHeight: heightPx } = this.#host;
    if (widthPx === this.#size.widthPx && heightPx === this.#size.heightPx) return;
    this.#size = { widthPx, heightPx };
    this.#host.requestUpdate();
  }
}

/** The picture's own width and height on a panel that hangs turned. */
export const turned = ({ widthPx, heightPx }: Glass, degrees: number): Glass =>
  degrees % 180 === 0 ? { widthPx, heightPx } : { widthPx: heightPx, heightPx: widthPx };
