import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { heldOrder, type Placed, rowsToMove } from './held-order.ts';

/** Keeps the rows of a list where they are while the pointer or the focus is on it. */
export class HeldRows implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #isHeld = false;
  #shown: readonly Placed[] = [];

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Left with the list under the pointer, it would hold the next one as well. */
  hostDisconnected(): void {
    this.#isHeld = false;
  }

  /** The rows as they stand now, and how many want to stand elsewhere. */
  arrange(wanted: readonly Placed[]): { readonly rows: readonly Placed[]; readonly moving: number } {
    this.#shown = this.#isHeld ? heldOrder(this.#shown, wanted) : wanted;
    return { rows: this.#shown, moving: this.#isHeld ? rowsToMove(this.#shown, wanted) : 0 };
  }

  /** What somebody asks for himself, such as another sorting, is done at once. */
  letGo(): void {
    this.#isHeld = false;
    this.#host.requestUpdate();
  }

  readonly hold = (): void => {
    this.#isHeld = true;
  };

  readonly release = (event: FocusEvent | PointerEvent): void => {
    const list = event.currentTarget as HTMLElement;
    const stays = event.type === 'focusout' ? list.matches(':hover') : list.matches(':focus-within');
    if (stays || list.contains(event.relatedTarget as Node | null)) return;
    this.letGo();
  };
}
