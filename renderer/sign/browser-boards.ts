import type { Board } from '../../cloud/contracts/sign-report.ts';

const FILES: Readonly<Record<Exclude<Board, 'manager'>, () => Promise<unknown>>> = {
  door: () => import('./boards/door-board.ts'),
  wall: () => import('./boards/wall-board.ts'),
};

/** A browser fetches the board that its sign was given; the first one comes with the page. */
export class BrowserBoards {
  readonly #asked = new Set<Board>();

  /** True once a board is there that was not. Never rejects: who asks anew tries anew. */
  async fetch(board: Board): Promise<boolean> {
    if (board === 'manager' || this.#asked.has(board)) return false;
    this.#asked.add(board);
    try {
      await FILES[board]();
      return true;
    } catch {
      this.#asked.delete(board);
      return false;
    }
  }
}
