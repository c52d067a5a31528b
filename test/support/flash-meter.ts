/** Of one frame: what each cell of a grid over the picture sends out, linear and 0 to 1. */
export type Light = { readonly red: number; readonly green: number; readonly blue: number };
export type LitFrame = { readonly atMs: number; readonly cells: readonly Light[] };

const WINDOW_MS = 1_000;
/** WCAG 2.3.1, general flash: a change of 10 % of the largest relative luminance, with the darker image below 0.80. */
const GENERAL = { change: 0.1, darkerBelow: 0.8 };
/** Red flash: a change of more than 20 of (R - G - B) x 320, to or from a red that is saturated. */
const RED = { change: 20, saturation: 0.8, scale: 320 };

/** The most flashes that any cell has within any second: pairs of opposing changes, whatever the area. */
export function mostFlashesPerSecond(frames: readonly LitFrame[]): number {
  const cells = frames[0]?.cells.length ?? 0;
  let most = 0;
  for (let cell = 0; cell < cells; cell += 1) {
    const lights = frames.map(({ atMs, cells: lit }) => ({ atMs, light: lit[cell] ?? DARK }));
    const general = lights.map(({ atMs, light }) => ({ atMs, level: luminanceOf(light), counts: true }));
    const red = lights.map(({ atMs, light }) => ({ atMs, level: redOf(light), counts: isSaturated(light) }));
    const isDark = ([one, other]: Change) => Math.min(one.level, other.level) < GENERAL.darkerBelow;
    const isRed = ([one, other]: Change) => one.counts || other.counts;
    most = Math.max(most, flashesIn(changesOf(general, GENERAL.change).filter(isDark)));
    most = Math.max(most, flashesIn(changesOf(red, RED.change).filter(isRed)));
  }
  return most;
}

/** When the last change of any cell ended, by the same measure; null where nothing ever changed. */
export function lastChangeMs(frames: readonly LitFrame[], change = GENERAL.change): number | null {
  let last: number | null = null;
  for (let cell = 0; cell < (frames[0]?.cells.length ?? 0); cell += 1) {
    const levels = frames.map(({ atMs, cells }) => ({
      atMs,
      level: luminanceOf(cells[cell] ?? DARK),
      counts: true,
    }));
    const [, end] = changesOf(levels, change).at(-1) ?? [];
    if (end !== undefined) last = Math.max(last ?? 0, end.atMs);
  }
  return last;
}

const DARK: Light = { red: 0, green: 0, blue: 0 };

type Level = { readonly atMs: number; readonly level: number; readonly counts: boolean };
/** From one extreme to the next. */
type Change = readonly [Level, Level];

/** Up and down in turns; smaller swings in between belong to the larger one, which lasts until its far end. */
function changesOf(levels: readonly Level[], least: number): Change[] {
  const changes: [Level, Level][] = [];
  let [low, high] = [levels[0], levels[0]];
  for (const now of levels) {
    if (low === undefined || high === undefined) break;
    const last = changes.at(-1);
    const heading = last === undefined ? 0 : Math.sign(last[1].level - last[0].level);
    if (last !== undefined && heading * (now.level - last[1].level) > 0) last[1] = now;
    else if (heading >= 0 && high.level - now.level >= least) changes.push([high, now]);
    else if (heading <= 0 && now.level - low.level >= least) changes.push([low, now]);
    const end = changes.at(-1)?.[1];
    if (end === now) [low, high] = [now, now];
    if (now.level < low.level) low = now;
    if (now.level > high.level) high = now;
  }
  return changes;
}

function flashesIn(changes: readonly Change[]): number {
  let most = 0;
  for (const [index, [, first]] of changes.entries()) {
    const within = changes.slice(index).filter(([, end]) => end.atMs - first.atMs < WINDOW_MS);
    most = Math.max(most, Math.floor(within.length / 2));
  }
  return most;
}

const luminanceOf = ({ red, green, blue }: Light): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
const redOf = ({ red, green, blue }: Light): number => Math.max(0, red - green - blue) * RED.scale;
const isSaturated = ({ red, green, blue }: Light): boolean =>
  red > 0 && red / (red + green + blue) >= RED.saturation;
