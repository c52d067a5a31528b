import type { Snapshot } from '../../../../cloud/contracts/snapshot.ts';
import { STREET, type StoreDescription } from '../../../../cloud/contracts/store-description.ts';
import type { DoorFlows } from '../store-setup.ts';

export type ZoneLine = {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  readonly limits: { readonly soft: number; readonly hard: number } | null;
  readonly tone: 'r-open' | 'r-near' | 'r-full';
};
export type DoorLine = {
  readonly id: string;
  readonly name: string;
  readonly silent: boolean;
  readonly heardAtMs: number | null;
  /** Ids of zones; null: the street. */
  readonly into: string | null;
  readonly from: string | null;
  readonly flow: { readonly in: number; readonly out: number } | undefined;
};

/** A store without zones is one room. */
export function zoneLines({ content }: Pick<Snapshot, 'content'>): readonly ZoneLine[] {
  const { zones, count, limits, store } = content;
  const rooms = zones.length > 0 ? zones : [{ id: store.id, name: 'Inside', count, limits }];
  return rooms.map((zone) => ({ ...zone, tone: toneOf(zone.count, zone.limits) }));
}

export function doorLines(
  { content, proof }: Snapshot,
  description: StoreDescription,
  flows: DoorFlows,
): readonly DoorLine[] {
  const firstZone = content.zones[0]?.id ?? content.store.id;
  return content.doors.map(({ id, name, silent }, index) => {
    const described = description.doors.find((door) => door.id === id);
    const ageMs = proof.doorAgesMs[index] ?? null;
    return {
      ...{ id, name, silent },
      heardAtMs: ageMs === null ? null : proof.sentAtMs - ageMs,
      into: described?.into ?? firstZone,
      from: described?.from === STREET ? null : (described?.from ?? null),
      flow: flows.get(id),
    };
  });
}

/** `Street to ground floor`. */
export function routeWords({ into, from }: DoorLine, zones: readonly ZoneLine[]): string {
  const named = (id: string | null) =>
    id === null ? 'street' : (zones.find((zone) => zone.id === id)?.name ?? id);
  return `${named(from)} to ${named(into)}`;
}

function toneOf(count: number, limits: ZoneLine['limits']): ZoneLine['tone'] {
  if (limits === null || count < limits.soft) return 'r-open';
  return count >= limits.hard ? 'r-full' : 'r-near';
}
