import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { html, type TemplateResult } from 'lit';

/** Below that every row is drawn. */
const MOST_ROWS = 200;
const BLOCK_ROWS = 50;
/** Drawn this far beyond what one sees, so that nobody scrolls into the empty. */
const NEAR = '1200px 0px';

type Block<Row> = { readonly at: number; readonly rows: readonly Row[]; readonly isDrawn: boolean };
type Host = ReactiveControllerHost & HTMLElement;

/**
 * Draws only the rows of a long list that stand near the window: `tbody[data-block]`, one each. Of the others the words
 * stand there for the browser's own search, which draws them where it finds something.
 */
export class RowBlocks implements ReactiveController {
  readonly #host: Host;
  readonly #near = new Set<number>([0]);
  #observer: IntersectionObserver | undefined;
  #isPrinted = false;
  #watched: readonly Element[] = [];

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('beforematch', this.#found);
    addEventListener('beforeprint', this.#printed);
    addEventListener('afterprint', this.#printed);
    this.#observer = new IntersectionObserver((entries) => this.#moved(entries), { rootMargin: NEAR });
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('beforematch', this.#found);
    removeEventListener('beforeprint', this.#printed);
    removeEventListener('afterprint', this.#printed);
    this.#observer?.disconnect();
    this.#watched = [];
    this.#isPrinted = false;
  }

  hostUpdated(): void {
    const bodies = [...this.#host.querySelectorAll('tbody[data-block]')];
    if (bodies.length === this.#watched.length && bodies.every((body, at) => body === this.#watched[at]))
      return;
    this.#observer?.disconnect();
    for (const body of bodies) this.#observer?.observe(body);
    this.#watched = bodies;
  }

  blocks<Row>(rows: readonly Row[]): readonly Block<Row>[] {
    if (rows.length <= MOST_ROWS) return [{ at: 0, rows, isDrawn: true }];
    return Array.from({ length: Math.ceil(rows.length / BLOCK_ROWS) }, (_, at) => ({
      at,
      rows: rows.slice(at * BLOCK_ROWS, (at + 1) * BLOCK_ROWS),
      isDrawn: this.#isPrinted || this.#near.has(at),
    }));
  }

  /** Brings the row of this number into sight, and draws it. */
  async show(index: number): Promise<void> {
    const at = Math.floor(index / BLOCK_ROWS);
    if (!this.#near.has(at)) {
      this.#near.add(at);
      this.#host.requestUpdate();
    }
    await this.#host.updateComplete;
  }

  /** On paper everything is in sight. */
  readonly #printed = ({ type }: Event): void => {
    this.#isPrinted = type === 'beforeprint';
    this.#host.requestUpdate();
  };

  readonly #found = async ({ target }: Event): Promise<void> => {
    const words = target as HTMLElement;
    const at = Number(words.closest<HTMLElement>('tbody')?.dataset.block);
    const row = [...(words.parentElement?.children ?? [])].indexOf(words);
    await this.show(at * BLOCK_ROWS + row);
    const found = () =>
      this.#host.querySelectorAll(`tbody[data-block="${at}"] tr:not(.sec)`)[row]?.scrollIntoView({
        block: 'center',
      });
    found();
    // What is drawn beside it then is seldom as high as it was thought to be.
    requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(found)));
  };

  #moved(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const at = Number((target as HTMLElement).dataset.block);
      if (isIntersecting) this.#near.add(at);
      // What has the focus stays.
      else if (!target.matches(':focus-within')) this.#near.delete(at);
    }
    this.#host.requestUpdate();
  }
}

/** Rows that are not drawn: their words, as high as they will be. Where they are found they are drawn. */
export const notDrawn = (words: readonly string[], columns: number): TemplateResult =>
  html`<tr class="not-drawn"><td colspan=${columns}>${words.map((each) => html`<div hidden="until-found">${each}</div>`)}</td></tr>`;
