import type { Board } from '../../cloud/contracts/sign-report.ts';

type Beside = 'messages' | 'pairing' | 'identify';
type Fetched = Exclude<Board, 'manager'> | Beside;

const FILES: Readonly<Record<Fetched, () => Promise<unknown>>> = {
  door: () => import('./boards/door-board.ts'),
  wall: () => import('./boards/wall-board.ts'),
  messages: () => import('./boards/every-message.ts'),
  pairing: () => import('./boards/pairing-board.ts'),
  identify: () => import('./boards/identify-sheet.ts'),
};

/** A browser fetches the board that its sign was given, and what else it only shows at times; the first board comes with the page. */
export class BrowserBoards {
  readonly #asked = new Set<Fetched>();

  /** True once a board is there that was not. Never rejects: who asks anew tries anew. */
  async fetch(board: Board | Beside): Promise<boolean> {
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
