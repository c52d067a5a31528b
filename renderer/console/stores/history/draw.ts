import type uPlot from 'uplot';
import { signedWords } from '../../view/words.ts';
import type { Mark, Picture } from './picture.ts';

export type Colours = Readonly<
  Record<
    | 'line'
    | 'text'
    | 'text-2'
    | 'text-3'
    | 'surface'
    | 'near'
    | 'near-text'
    | 'near-wash'
    | 'full-text'
    | 'full-wash'
    | 'curve'
    | 'curve-fill'
    | 'curve-raw',
    string
  >
>;

const CHIP = { width: 32, height: 17 };
const HATCH_PX = 7;
/** From here on the words of the limits stand beside the picture. */
export const WIDE_PX = 560;
export const LIMIT_WORDS_PX = 78;

/** Under the curves: the bands of the limits, and hatched what nobody knows. */
export function drawGround(u: uPlot, { limits, gaps, span }: Picture, colours: Colours): void {
  within(u, (ctx, box, px) => {
    const y = (count: number) => u.valToPos(count, 'y', true);
    if (span !== 'weeks') {
      const [soft, hard] = [y(limits.soft), y(limits.hard)];
      ctx.fillStyle = colours['near-wash'];
      ctx.fillRect(box.left, hard, box.width, soft - hard);
      ctx.fillStyle = colours['full-wash'];
      ctx.fillRect(box.left, box.top, box.width, hard - box.top);
    }
    for (const gap of gaps) {
      const from = Math.max(box.left, u.valToPos(gap.from, 'x', true));
      const until = Math.min(box.left + box.width, u.valToPos(gap.until, 'x', true));
      hatch(
        ctx,
        { left: from, top: box.top, width: Math.max(3 * px, until - from), height: box.height },
        px,
        colours,
      );
    }
  });
}

type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

function hatch(ctx: CanvasRenderingContext2D, box: Box, px: number, colours: Colours): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  ctx.strokeStyle = colours['curve-raw'];
  ctx.lineWidth = px;
  ctx.globalAlpha = 0.6;
  ctx.beginPath();
  for (let x = box.left - box.height; x < box.left + box.width; x += HATCH_PX * px) {
    ctx.moveTo(x, box.top + box.height);
    ctx.lineTo(x + box.height, box.top);
  }
  ctx.stroke();
  ctx.restore();
}

/** Over the curves: limits with their words, now, and where somebody put the count right. */
export function drawMarks(u: uPlot, picture: Picture, colours: Colours): void {
  const { limits, marks, now, span } = picture;
  const { ctx, bbox } = u;
  const px = devicePixelRatio;
  ctx.save();
  ctx.font = `500 ${11.5 * px}px "Inter Variable"`;
  ctx.textBaseline = 'alphabetic';
  ctx.lineWidth = px;
  const right = bbox.left + bbox.width;
  if (span !== 'weeks') {
    const isWide = u.width >= WIDE_PX;
    const hard = u.valToPos(limits.hard, 'y', true);
    const soft = u.valToPos(limits.soft, 'y', true);
    // Beside the picture where there is room, else above its line; never one on the other.
    const apart = Math.max(soft - hard, isWide ? 14 * px : 0);
    const words = { x: isWide ? right + 6 * px : right - 2 * px, rise: isWide ? 4 * px : -5 * px };
    const across = { left: bbox.left, right, px };
    limitLine(ctx, { ...across, y: hard }, colours['full-text']);
    limitLine(ctx, { ...across, y: soft }, colours.near);
    ctx.textAlign = isWide ? 'left' : 'right';
    ctx.fillStyle = colours['full-text'];
    ctx.fillText(`limit ${limits.hard}`, words.x, hard + words.rise);
    const isTight = !isWide && apart < 16 * px;
    ctx.fillStyle = colours['near-text'];
    ctx.fillText(`nearly ${limits.soft}`, words.x, hard + apart + (isTight ? 13 * px : words.rise));
  }
  if (now !== null && span === 'today') {
    const x = u.valToPos(now, 'x', true);
    ctx.strokeStyle = colours.text;
    line(ctx, x, bbox.top, x, bbox.top + bbox.height);
    dot(u, now, colours.near, colours, px);
  }
  for (const mark of gathered(marks, u)) {
    const x = u.valToPos(mark.at, 'x', true);
    const below = bbox.top + bbox.height + 22 * px;
    ctx.strokeStyle = colours['text-3'];
    ctx.setLineDash([2 * px, 2 * px]);
    line(ctx, x, bbox.top + bbox.height * 0.35, x, below);
    ctx.setLineDash([]);
    dot(u, mark.at, colours.surface, colours, px);
    ctx.fillStyle = colours.text;
    ctx.beginPath();
    ctx.roundRect(x - (CHIP.width / 2) * px, below, CHIP.width * px, CHIP.height * px, 3 * px);
    ctx.fill();
    ctx.fillStyle = colours.surface;
    ctx.textAlign = 'center';
    ctx.fillText(signedWords(mark.people), x, below + 12.5 * px);
  }
  ctx.restore();
}

type Across = { readonly left: number; readonly right: number; readonly y: number; readonly px: number };

function limitLine(ctx: CanvasRenderingContext2D, { left, right, y, px }: Across, stroke: string): void {
  ctx.strokeStyle = stroke;
  ctx.setLineDash([5 * px, 4 * px]);
  line(ctx, left, y, right, y);
  ctx.setLineDash([]);
}

function line(ctx: CanvasRenderingContext2D, x: number, y: number, toX: number, toY: number): void {
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}

/** On the first curve, at the last point that is known by then. */
function dot(u: uPlot, at: number, fill: string, colours: Colours, px: number): void {
  const [times, counts] = u.data;
  let count: number | null = null;
  times.forEach((time, index) => {
    if (time <= at + 60) count = counts?.[index] ?? count;
  });
  if (count === null) return;
  const { ctx } = u;
  ctx.beginPath();
  ctx.arc(u.valToPos(at, 'x', true), u.valToPos(count, 'y', true), 4 * px, 0, 2 * Math.PI);
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.strokeStyle = colours.text;
  ctx.lineWidth = 1.5 * px;
  ctx.stroke();
  ctx.lineWidth = px;
}

/** Marks that would stand on each other are one. */
function gathered(marks: readonly Mark[], u: uPlot): readonly Mark[] {
  const apart: Mark[] = [];
  for (const mark of marks.toSorted((one, other) => one.at - other.at)) {
    const before = apart.at(-1);
    const isNear =
      before !== undefined && u.valToPos(mark.at, 'x') - u.valToPos(before.at, 'x') < CHIP.width + 4;
    if (isNear) apart.splice(-1, 1, { at: before.at, people: before.people + mark.people });
    else apart.push(mark);
  }
  return apart.filter(({ people }) => people !== 0);
}

function within(u: uPlot, draw: (ctx: CanvasRenderingContext2D, box: Box, px: number) => void): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(ctx, bbox, devicePixelRatio);
  ctx.restore();
}
