import uPlot from 'uplot';
import { clockWords, numberWords } from '../../view/words.ts';
import { type Colours, drawGround, drawMarks, LIMIT_WORDS_PX, WIDE_PX } from './draw.ts';
import type { Line, Picture } from './picture.ts';

const INCREMENTS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000];

type Drawn = {
  /** Asked anew each time: numbers arrive while the chart stands. */
  readonly picture: () => Picture;
  readonly colours: Colours;
  /** Words for the moment that the pointer is at; empty: at none. */
  readonly say: (words: string) => void;
};

export function chartOptions({ picture, colours, say }: Drawn): Omit<uPlot.Options, 'width' | 'height'> {
  const { timeZone, lines, span } = picture();
  const axis: uPlot.Axis = {
    stroke: colours['text-3'],
    font: '11.5px "Inter Variable"',
    ticks: { show: false },
    grid: { stroke: colours.line, width: 1 },
  };
  const hasBars = lines.some(({ look }) => look === 'bars');
  return {
    legend: { show: false },
    cursor: { y: false, drag: { setScale: false, x: false }, points: { show: false } },
    padding: [
      10,
      (u) => (hasBars ? 0 : u.width >= WIDE_PX ? LIMIT_WORDS_PX : 12),
      span === 'weeks' ? 0 : 20,
      0,
    ],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), timeZone),
    scales: {
      x: { time: true, range: () => [picture().from, picture().until] },
      y: { range: () => [0, picture().top] },
      in: { range: (_, __, most) => [0, Math.max(1, most) * 1.12] },
    },
    axes: [
      { ...axis, grid: { show: false }, ...ticksOf(picture, timeZone) },
      { ...axis, size: 44, incrs: INCREMENTS },
      ...(hasBars
        ? [{ ...axis, scale: 'in', side: 1 as const, size: 50, incrs: INCREMENTS, grid: { show: false } }]
        : []),
    ],
    series: [{}, ...lines.map((line) => seriesOf(line, colours, span))],
    hooks: {
      drawClear: [(u) => drawGround(u, picture(), colours)],
      draw: [(u) => drawMarks(u, picture(), colours)],
      setCursor: [(u) => say(u.cursor.idx == null ? '' : momentWords(picture(), u.cursor.idx))],
    },
  };
}

function ticksOf(picture: () => Picture, timeZone: string): uPlot.Axis {
  if (picture().ticks === null) {
    return {
      values: (_, ats) => ats.map((at) => clockWords(at * 1_000, timeZone)),
      incrs: [1, 2, 3, 6, 12].map((hours) => hours * 3_600),
      space: 54,
    };
  }
  const splits = () => (picture().ticks ?? []).map(({ at }) => at);
  return {
    splits,
    values: ({ width }, ats) => {
      // As many words as there is room for.
      const each = Math.ceil((ats.length * 56) / Math.max(1, width - 94));
      return ats.map((at, index) =>
        index % each === 0 ? (picture().ticks?.find((tick) => tick.at === at)?.words ?? '') : '',
      );
    },
  };
}

function seriesOf({ look }: Line, colours: Colours, span: Picture['span']): uPlot.Series {
  // Of today three curves with different times share one axis; elsewhere a gap is a gap.
  const base = { points: { show: false }, spanGaps: span === 'today' };
  switch (look) {
    case 'main':
      return { ...base, stroke: colours.curve, width: 2, fill: colours['curve-fill'] };
    case 'raw':
      return { ...base, stroke: colours['curve-raw'], width: 1.5, dash: [3, 2] };
    case 'usual':
      return { ...base, stroke: colours['curve-raw'], width: 1.5, dash: [1, 4], cap: 'round' };
    case 'bars': {
      const { bars } = uPlot.paths;
      const paths = bars === undefined ? {} : { paths: bars({ size: [0.62, 18] }) };
      return { ...base, ...paths, scale: 'in', fill: colours.line, stroke: colours['curve-raw'], width: 1 };
    }
  }
}

const DAY_FORMATS = new Map<string, Intl.DateTimeFormat>();

/** `14:30: 187 with corrections, 171 as counted`. */
function momentWords({ times, lines, timeZone, span }: Picture, index: number): string {
  const at = times[index];
  if (at === undefined) return '';
  const told = lines
    .flatMap(({ values, word }) => {
      const value = values[index];
      return value == null ? [] : `${numberWords(value)} ${word}`;
    })
    .join(', ');
  const clock = clockWords(at * 1_000, timeZone);
  if (span === 'today') return `${clock}: ${told}`;
  const day = DAY_FORMATS.get(timeZone) ?? dayFormat(timeZone);
  DAY_FORMATS.set(timeZone, day);
  return `${day.format(at * 1_000)}${span === 'week' ? ` ${clock}` : ''}: ${told}`;
}

const dayFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone });
