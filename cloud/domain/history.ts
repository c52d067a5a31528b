import type { HistoryStep } from '../contracts/history.ts';
import { type StepLength, stepBounds } from './day.ts';
import { shownCount } from './limits.ts';
import { type DoorState, MINUTE_MS, type ZoneState } from './store-state.ts';

export type HistoryScope =
  | { readonly kind: 'store' }
  | { readonly kind: 'zone'; readonly zoneId: string }
  | { readonly kind: 'door'; readonly doorId: string };

type HistoryDoor = Pick<DoorState, 'id' | 'into' | 'from'>;
type HistoryZone = Pick<ZoneState, 'id' | 'rawCount'>;

export type HistoryInput = {
  readonly step: StepLength;
  readonly timeZone: string;
  readonly fromMs: number;
  /** Not included; at most the end of the present minute. */
  readonly untilMs: number;
  readonly scope: HistoryScope;
  readonly doors: readonly HistoryDoor[];
  /** As they are now. */
  readonly zones: readonly HistoryZone[];
  readonly staff: number;
  /** All from `fromMs` to now, in any order; what came from `untilMs` on may be one sum, at any minute of that time. */
  readonly doorMinutes: readonly DoorMinute[];
  readonly zoneMinutes: readonly ZoneMinute[];
};

type DoorMinute = {
  readonly doorId: string;
  readonly minuteMs: number;
  readonly in: number;
  readonly out: number;
};
type ZoneMinute = { readonly zoneId: string; readonly minuteMs: number; readonly people: number };

/**
 * The steps of a store, a zone or a door, those without anybody too. Counted back from now, as the day's curve is: what
 * came late is where it belongs, and the last count is the present one. A door alone has no count: it is 0 there.
 */
export function historySteps(input: HistoryInput): readonly HistoryStep[] {
  const bounds = stepBounds(input.step, input.timeZone, input.fromMs, input.untilMs);
  const startsAtMs = bounds[0]?.startsAtMs ?? input.fromMs;
  const minutes = minutesOf(input, startsAtMs, bounds.at(-1)?.endsAtMs ?? startsAtMs);
  const shown = shownBy(input);
  const steps: HistoryStep[] = [];
  let raw = presentCount(input) - minutes.changedSince;
  for (const { startsAt, ...bound } of bounds.toReversed()) {
    const sums = { in: 0, out: 0, corrected: 0 };
    const atEnd = raw;
    let most = raw;
    const first = (bound.startsAtMs - startsAtMs) / MINUTE_MS;
    for (let minute = (bound.endsAtMs - startsAtMs) / MINUTE_MS - 1; minute >= first; minute -= 1) {
      const entered = minutes.in[minute] ?? 0;
      const left = minutes.out[minute] ?? 0;
      const corrected = minutes.corrected[minute] ?? 0;
      sums.in += entered;
      sums.out += left;
      sums.corrected += corrected;
      most = Math.max(most, raw);
      raw -= entered - left + corrected;
    }
    steps.push({
      startsAtMs: bound.startsAtMs,
      startsAt,
      ...sums,
      count: shown(atEnd),
      peak: shown(most),
    });
  }
  return steps.reverse();
}

function shownBy({ scope, staff }: HistoryInput): (raw: number) => number {
  if (scope.kind === 'door') return () => 0;
  return (raw) => shownCount(raw, scope.kind === 'store' ? staff : 0);
}

function presentCount({ scope, zones }: HistoryInput): number {
  const counted = scope.kind === 'zone' ? zones.filter(({ id }) => id === scope.zoneId) : zones;
  return counted.reduce((sum, zone) => sum + zone.rawCount, 0);
}

/** One number a minute of the range: two years have a million, and a list of numbers takes them in its stride. */
type Minutes = {
  readonly in: Float64Array;
  readonly out: Float64Array;
  readonly corrected: Float64Array;
  /** By how much all that came after the range changed the count. */
  readonly changedSince: number;
};

function minutesOf(input: HistoryInput, startsAtMs: number, endsAtMs: number): Minutes {
  const size = (endsAtMs - startsAtMs) / MINUTE_MS;
  const minutes = {
    in: new Float64Array(size),
    out: new Float64Array(size),
    corrected: new Float64Array(size),
  };
  let changedSince = 0;
  const add = (kind: keyof typeof minutes, atMs: number, people: number) => {
    const minute = Math.floor((atMs - startsAtMs) / MINUTE_MS);
    const list = minutes[kind];
    if (minute >= size) changedSince += kind === 'out' ? -people : people;
    else if (minute >= 0) list[minute] = (list[minute] ?? 0) + people;
  };
  const signOf = signByDoor(input);
  for (const { doorId, minuteMs, in: entered, out } of input.doorMinutes) {
    const sign = signOf(doorId);
    if (sign === 0) continue;
    add('in', minuteMs, sign > 0 ? entered : out);
    add('out', minuteMs, sign > 0 ? out : entered);
  }
  const { scope } = input;
  if (scope.kind === 'door') return { ...minutes, changedSince };
  for (const { zoneId, minuteMs, people } of input.zoneMinutes) {
    if (scope.kind === 'store' || scope.zoneId === zoneId) add('corrected', minuteMs, people);
  }
  return { ...minutes, changedSince };
}

/** What a door's IN is to the scope: above 0 in, below 0 out, 0 neither. */
function signByDoor({ scope, doors, zones }: HistoryInput): (doorId: string) => number {
  if (scope.kind === 'door') return (doorId) => (doorId === scope.doorId ? 1 : 0);
  const signOf = ({ into, from }: Pick<HistoryDoor, 'into' | 'from'>): number =>
    scope.kind === 'store'
      ? Number(from === null)
      : Number(into === scope.zoneId) - Number(from === scope.zoneId);
  const known = new Map(doors.map((door) => [door.id, signOf(door)]));
  // Of a door that is gone nobody knows where it led: nearly all lead from the street to the first zone.
  const gone = signOf({ into: zones[0]?.id ?? '', from: null });
  return (doorId) => known.get(doorId) ?? gone;
}
