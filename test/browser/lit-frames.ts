import type { CDPSession, Page } from '@playwright/test';
import type { Light, LitFrame } from '../support/flash-meter.ts';

const COLUMNS = 48;
const ROWS = 27;

/** One frame after the other, however long each takes to draw: the glass stands still between them. */
export type FrameTimes = {
  readonly fastUntilMs: number;
  readonly fastMs: number;
  readonly untilMs: number;
  readonly slowMs: number;
};

/** Sixty frames a second while it begins, then as many as show anything slower than eight times a second. */
export const FRAMES: FrameTimes = { fastUntilMs: 2_000, fastMs: 1_000 / 60, untilMs: 12_500, slowMs: 60 };

/** Steps the page's clock and its animations together, and measures each frame. `before`: what happens at a frame. */
export async function litFrames(
  page: Page,
  happens: ReadonlyMap<number, () => Promise<void>>,
  times: FrameTimes = FRAMES,
): Promise<LitFrame[]> {
  const meter = await page.context().newPage();
  const session = await page.context().newCDPSession(page);
  const waiting = [...happens].toSorted(([one], [other]) => one - other);
  const frames: Promise<LitFrame>[] = [];
  let [nowMs, toldMs] = [0, 0];
  while (nowMs < times.untilMs) {
    while ((waiting[0]?.[0] ?? Number.POSITIVE_INFINITY) <= nowMs) await waiting.shift()?.[1]();
    await page.evaluate(standAt, nowMs);
    frames.push(measured(meter, nowMs, await pictureOf(session)));
    nowMs += nowMs < times.fastUntilMs ? times.fastMs : times.slowMs;
    const wholeMs = Math.floor(nowMs - toldMs);
    await page.clock.runFor(wholeMs);
    toldMs += wholeMs;
  }
  const lit = await Promise.all(frames);
  await meter.close();
  return lit;
}

/** The same of the cells from this part of the width on. */
export const rightOf = (part: number, frames: readonly LitFrame[]): LitFrame[] =>
  frames.map(({ atMs, cells }) => ({
    atMs,
    cells: cells.filter((_, cell) => cell % COLUMNS >= Math.floor(part * COLUMNS)),
  }));

async function pictureOf(session: CDPSession): Promise<string> {
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
  return data;
}

/** While the next picture is taken. Three numbers a cell, as JSON: there are half a million cells to a film. */
async function measured(meter: Page, atMs: number, data: string): Promise<LitFrame> {
  const lights: [number, number, number][] = JSON.parse(
    await meter.evaluate(lightsIn, { data, columns: COLUMNS, rows: ROWS }),
  );
  return { atMs, cells: lights.map(([red, green, blue]): Light => ({ red, green, blue })) };
}

/** Runs in the page: every animation stands where it would be by now, counted from the frame that it began in. */
function standAt(nowMs: number): void {
  const page = window as unknown as { beganAt?: WeakMap<Animation, number> };
  page.beganAt ??= new WeakMap();
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot !== null) roots.push(element.shadowRoot);
    }
    for (const animation of root.getAnimations()) {
      const began = page.beganAt.get(animation) ?? nowMs;
      page.beganAt.set(animation, began);
      animation.pause();
      animation.currentTime = nowMs - began;
    }
  }
}

/** Runs in a page of its own: the mean light of each cell. */
async function lightsIn({ data, columns, rows }: { data: string; columns: number; rows: number }) {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  const pixels = context.getImageData(0, 0, width, height).data;
  const linear = Array.from({ length: 256 }, (_, value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const cells = Array.from({ length: columns * rows }, () => ({ red: 0, green: 0, blue: 0, pixels: 0 }));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const cell = cells[Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width)];
      const at = (y * width + x) * 4;
      if (cell === undefined) continue;
      cell.red += linear[pixels[at] ?? 0] ?? 0;
      cell.green += linear[pixels[at + 1] ?? 0] ?? 0;
      cell.blue += linear[pixels[at + 2] ?? 0] ?? 0;
      cell.pixels += 1;
    }
  }
  return JSON.stringify(
    cells.map(({ red, green, blue, pixels: count }) => [red / count, green / count, blue / count]),
  );
}
