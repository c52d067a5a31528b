/** Where a sensor, or one line of it, counts, and from when until when. A moved sensor has one for each place. */
export type Placement = {
  readonly sensorId: string;
  /** The counter of the sensor that is meant; empty: every one that has no placement of its own. */
  readonly line: string;
  readonly storeId: string;
  readonly spot: DoorSpot | ZoneSpot;
  /** From, and up to but not including; Unix ms. `untilMs` null: still there. */
  readonly fromMs: number;
  readonly untilMs: number | null;
};

export type DoorSpot = {
  readonly kind: 'door';
  readonly doorId: string;
  readonly flipped: boolean;
  readonly peoplePerSecond: number;
};
export type ZoneSpot = { readonly kind: 'zone'; readonly zoneId: string };

/**
 * Where a line of a sensor was at a moment; undefined: nowhere. A placement of the line itself goes before one of all lines.
 * `placements`: those of that sensor, in any order.
 */
export function placementAt(
  placements: readonly Placement[],
  line: string,
  atMs: number,
): Placement | undefined {
  const isThen = ({ fromMs, untilMs }: Placement) => fromMs <= atMs && (untilMs === null || atMs < untilMs);
  const placedAs = (name: string) => placements.find((one) => one.line === name && isThen(one));
  return placedAs(line) ?? placedAs('');
}
