const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What a clock without a battery begins with. */
const UNSET_MS = Date.parse('2000-01-01T00:00:00Z');

/** `none`: tells no time. `until it boots`: hours behind, and set right by the first reboot. */
export type Clock = (typeof CLOCKS)[number];

export const CLOCKS = [
  'none',
  'right',
  'right',
  'seconds ahead',
  'seconds behind',
  'minutes ahead',
  'minutes behind',
  'hours ahead',
  'hours behind',
  'until it boots',
  'unset',
] as const;

const AHEAD_MS: Readonly<Record<Exclude<Clock, 'none' | 'unset' | 'until it boots'>, number>> = {
  right: 0,
  'seconds ahead': 90_000,
  'seconds behind': -90_000,
  'minutes ahead': 7 * MINUTE_MS,
  'minutes behind': -8 * MINUTE_MS,
  'hours ahead': 3 * HOUR_MS,
  'hours behind': -5 * HOUR_MS,
};

/** What a sensor's clock says at a moment; undefined: nothing. */
export function toldTime(
  clock: Clock,
  atMs: number,
  boot: { count: number; atMs: number },
): string | undefined {
  if (clock === 'none') return undefined;
  if (clock === 'unset') return new Date(UNSET_MS + atMs - boot.atMs).toISOString();
  const isRight = clock === 'until it boots' && boot.count > 1;
  const aheadMs = clock === 'until it boots' ? AHEAD_MS['hours behind'] : AHEAD_MS[clock];
  return new Date(isRight ? atMs : atMs + aheadMs).toISOString();
}
