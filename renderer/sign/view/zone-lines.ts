import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';

type Zone = SnapshotContent['zones'][number];

/** Lines that the block of the zones has room for. */
const MAX_LINES = 3;

export type ZoneLines = { readonly zones: readonly Zone[]; readonly more: number };

/** All of them in the owner's order; where there are too many, the fullest, and how many more. */
export function zoneLines(zones: readonly Zone[]): ZoneLines {
  if (zones.length <= MAX_LINES) return { zones, more: 0 };
  const fullestFirst = zones.toSorted((one, other) => fullness(other) - fullness(one));
  const shown = fullestFirst.slice(0, MAX_LINES - 1);
  return { zones: shown, more: zones.length - shown.length };
}

/** Without a limit a zone is never full. */
const fullness = ({ count, limits }: Zone): number => (limits === null ? 0 : count / limits.hard);
