const STREET_WIDTH = 54;
const ZONE_WIDTH = 142;
const EDGE = 10;
const LEAST_HEIGHT = 300;
const DOOR_PITCH = 92;
const ZONE_PITCH = 112;
const ZONE_GAP = 12;
/** More columns than this would be too small to read: a list says it better. */
const MAX_COLUMNS = 2;
const GAPS = [
  { width: 268, arrow: 52, box: 168 },
  { width: 200, arrow: 44, box: 124 },
] as const;
/** With a single column of rooms there is more of it for each. */
const ALONE = { gap: { width: 500, arrow: 90, box: 300 }, zoneWidth: 234 };
const AFTER_LAST = { width: 190, arrow: 44, box: 124 };
export const DOOR_HEIGHT = 44;

export type PlanZone = { readonly id: string };
/** `into` and `from` name zones; null: the street. */
export type PlanDoor = { readonly id: string; readonly into: string | null; readonly from: string | null };

export type PlacedZone = {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
export type PlacedDoor = {
  readonly id: string;
  readonly y: number;
  readonly arrow: { readonly x: number; readonly width: number };
  readonly box: { readonly x: number; readonly width: number };
  /** Lines from the door to what it joins. */
  readonly links: readonly string[];
  /** Whether IN goes to the right. */
  readonly isInRight: boolean;
};
export type Plan = {
  readonly width: number;
  readonly height: number;
  readonly street: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly zones: readonly PlacedZone[];
  readonly doors: readonly PlacedDoor[];
};

/** Street at the left, then zones by how many doors away they are. Null: not to be drawn so that one can read it. */
export function placePlan(zones: readonly PlanZone[], doors: readonly PlanDoor[]): Plan | null {
  const depths = depthsOf(zones, doors);
  const columns = Math.max(1, ...depths.values());
  if (columns > MAX_COLUMNS || zones.length === 0) return null;
  const depthOf = (id: string | null) => (id === null ? 0 : (depths.get(id) ?? 0));
  const gapOf = ({ into, from }: PlanDoor) => {
    const [one, other] = [depthOf(into), depthOf(from)];
    return one === other ? one : Math.max(one, other) - 1;
  };
  const byGap = Map.groupBy(doors, gapOf);
  const byDepth = Map.groupBy(zones, ({ id }) => depthOf(id));
  const inner = Math.max(
    LEAST_HEIGHT,
    ...[...byGap.values()].map(({ length }) => length * DOOR_PITCH),
    ...[...byDepth.values()].map(({ length }) => length * ZONE_PITCH),
  );
  const isAlone = columns === 1 && !byGap.has(1);
  const gaps = isAlone ? [ALONE.gap] : GAPS;
  const zoneWidth = isAlone ? ALONE.zoneWidth : ZONE_WIDTH;
  const starts = columnStarts(columns, gaps, zoneWidth);
  const placedZones = [...byDepth].flatMap(([depth, inColumn]) =>
    stacked(inColumn, { x: starts[depth - 1] ?? 0, width: zoneWidth, height: inner }),
  );
  const zoneAt = new Map(placedZones.map((zone) => [zone.id, zone]));
  const placedDoors = [...byGap].flatMap(([gap, inGap]) => {
    const middle = ({ into, from }: PlanDoor) =>
      [into, from].flatMap((id) => (id === null ? [] : (zoneAt.get(id)?.y ?? [])))[0] ?? 0;
    const left = gap === 0 ? STREET_WIDTH : (starts[gap - 1] ?? 0) + ZONE_WIDTH;
    const measures = gap < columns ? (gaps[gap] ?? AFTER_LAST) : AFTER_LAST;
    return inGap
      .toSorted((one, other) => middle(one) - middle(other))
      .map((door, index) => {
        const y = EDGE + (inner * (index + 0.5)) / inGap.length;
        const arrow = { x: left + 8, width: measures.arrow };
        const box = { x: arrow.x + arrow.width + 8, width: measures.box };
        const right = gap < columns ? left + measures.width : null;
        const links = [door.into, door.from].flatMap((id) => {
          const zone = id === null ? undefined : zoneAt.get(id);
          if (zone === undefined) return [];
          const isRight = zone.x === right;
          return linkTo(zone, isRight ? { x: box.x + box.width, y } : { x: arrow.x - 2, y }, isRight);
        });
        const isInRight = depthOf(door.into) >= depthOf(door.from);
        return { id: door.id, y, arrow, box, links, isInRight };
      });
  });
  const last = (starts.at(-1) ?? 0) + zoneWidth;
  return {
    width: byGap.has(columns) ? last + AFTER_LAST.width : last,
    height: inner + 2 * EDGE,
    street: { x: 0, y: EDGE, width: STREET_WIDTH, height: inner },
    zones: placedZones,
    doors: placedDoors,
  };
}

/** How many doors lie between a zone and the street; what no door leads to is drawn as if one did. */
function depthsOf(zones: readonly PlanZone[], doors: readonly PlanDoor[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  let reached: ReadonlySet<string | null> = new Set([null]);
  for (let depth = 1; reached.size > 0; depth += 1) {
    const next = new Set<string>();
    for (const { into, from } of doors) {
      for (const [here, there] of [[into, from] as const, [from, into] as const]) {
        if (reached.has(here) && there !== null && !depths.has(there)) next.add(there);
      }
    }
    for (const id of next) depths.set(id, depth);
    reached = next;
  }
  for (const { id } of zones) if (!depths.has(id)) depths.set(id, 1);
  return depths;
}

function columnStarts(
  columns: number,
  gaps: readonly { readonly width: number }[],
  zoneWidth: number,
): readonly number[] {
  const starts: number[] = [];
  for (let x = STREET_WIDTH, column = 0; column < columns; column += 1) {
    x += (gaps[column] ?? AFTER_LAST).width;
    starts.push(x);
    x += zoneWidth;
  }
  return starts;
}

type Column = { readonly x: number; readonly width: number; readonly height: number };

function stacked(zones: readonly PlanZone[], column: Column): readonly PlacedZone[] {
  const { x, width } = column;
  const height = (column.height - ZONE_GAP * (zones.length - 1)) / zones.length;
  return zones.map(({ id }, index) => ({
    ...{ id, x, width, height },
    y: EDGE + index * (height + ZONE_GAP),
  }));
}

/** Straight where the zone is beside it, else around the corner. */
function linkTo(
  zone: PlacedZone,
  from: { readonly x: number; readonly y: number },
  isRight: boolean,
): string {
  const y = Math.min(zone.y + zone.height - 16, Math.max(zone.y + 16, from.y));
  const edge = isRight ? zone.x : zone.x + zone.width;
  return y === from.y
    ? `M${from.x} ${y}H${edge}`
    : `M${from.x} ${from.y}H${(from.x + edge) / 2}V${y}H${edge}`;
}
