import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Glass } from './view/letters.ts';

/** How large the part of the picture is that its board has; its host is drawn anew when that changes. */
export class RoomSize implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #observer: ResizeObserver | undefined;
  #room: Element | null = null;
  #size: Glass | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Null: there is none yet. */
  get size(): Glass | null {
    return this.#size;
  }

  /** With each picture. */
  watch(room: Element | null): void {
    if (room === this.#room) return;
    this.#observer?.disconnect();
    this.#room = room;
    this.#size = null;
    if (room === null) return;
    this.#observer = new ResizeObserver(() => this.#measure(room));
    this.#observer.observe(room);
  }

  hostDisconnected(): void {
    this.watch(null);
  }

  #measure({ clientWidth: widthPx, clientHeight: heightPx }: Element): void {
    if (widthPx === this.#size?.widthPx && heightPx === this.#size.heightPx) return;
    this.#size = { widthPx, heightPx };
    this.#host.requestUpdate();
  }
}
