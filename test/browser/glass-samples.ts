import type { Page } from '@playwright/test';

/** What stood on a glass. `atMs`: Unix ms of the machine, whatever the page was told; `ran`: not the first look after a stop. */
export type GlassSample = {
  readonly atMs: number;
  readonly ran: boolean;
  /** Null: no figure. */
  readonly count: number | null;
  readonly isSolid: boolean;
  /** Of a board for customers. */
  readonly door: string | null;
};

declare global {
  interface Window {
    readonly samples: GlassSample[];
    /** Sets the page's wall clock, from how it is set now. */
    setClockBy(ms: number): void;
  }
}

/** The page looks at itself four times a second, and its wall clock can be set. To be called before it is opened. */
export const watchGlass = (page: Page): Promise<unknown> => page.addInitScript(lookAtGlass);

export const lastSample = async (page: Page): Promise<GlassSample | undefined> =>
  page.evaluate(() => window.samples.at(-1));

function lookAtGlass(): void {
  const LOOK_EVERY_MS = 250;
  const STOPPED_MS = 1_000;
  const trueNow = Date.now.bind(Date);
  let setByMs = 0;
  Date.now = () => trueNow() + setByMs;
  const samples: GlassSample[] = [];
  const find = (root: ParentNode, selector: string): Element | null => {
    const found = root.querySelector(selector);
    if (found !== null) return found;
    for (const element of root.querySelectorAll('*')) {
      const inner = element.shadowRoot === null ? null : find(element.shadowRoot, selector);
      if (inner !== null) return inner;
    }
    return null;
  };
  const look = () => {
    const figure = find(document, 'count-figure');
    const digits = figure === null ? null : find(figure.shadowRoot ?? figure, '[data-testid=count]');
    const text = digits?.textContent?.trim() ?? '';
    const atMs = trueNow();
    const before = samples.at(-1)?.atMs ?? atMs;
    samples.push({
      atMs,
      ran: atMs - before < STOPPED_MS,
      count: /^\d+$/.test(text) ? Number(text) : null,
      isSolid: figure !== null && !figure.hasAttribute('hollow'),
      door: find(document, 'door-board')?.getAttribute('state') ?? null,
    });
  };
  setInterval(look, LOOK_EVERY_MS);
  Object.assign(window, {
    samples,
    setClockBy(ms: number) {
      setByMs += ms;
    },
  });
}
