import type { StoreState, ZoneState } from '../domain/store-state.ts';

/** What counting and time change of a store, as its row keeps it. Names and limits are in its description. */
export type LiveState = Pick<
  StoreState,
  'levelState' | 'alerts' | 'imbalancedDoors' | 'judgedDay' | 'nextResetAtMs' | 'opening' | 'hasDarkSign'
> & {
  readonly zones: LiveZones;
  readonly silentDoors: readonly string[];
};

/** By the id of the zone. */
export type LiveZones = Readonly<Record<string, LiveZone>>;
export type LiveZone = Pick<ZoneState, 'rawCount' | 'baselineAtMs' | 'silent'>;

const EMPTY_ZONE: LiveZone = { rawCount: 0, baselineAtMs: null, silent: false };

/** Empty where it was never counted. A zone may well be called `constructor`, which every object has. */
export const liveZoneOf = (zones: LiveZones, zoneId: string): LiveZone =>
  (Object.hasOwn(zones, zoneId) ? zones[zoneId] : undefined) ?? EMPTY_ZONE;

/** Of a store that nobody has entered. A door is not called silent before it was looked at. */
export const NEW_STORE: LiveState = {
  zones: {},
  silentDoors: [],
  levelState: { level: 'open', next: null },
  alerts: [],
  imbalancedDoors: [],
  judgedDay: null,
  nextResetAtMs: null,
  opening: null,
  hasDarkSign: false,
};

export const liveStateOf = (state: StoreState): LiveState => ({
  zones: Object.fromEntries(
    state.zones.map(({ id, rawCount, baselineAtMs, silent }) => [id, { rawCount, baselineAtMs, silent }]),
  ),
  silentDoors: state.doors.filter((door) => door.silent).map((door) => door.id),
  levelState: state.levelState,
  alerts: state.alerts,
  imbalancedDoors: state.imbalancedDoors,
  judgedDay: state.judgedDay,
  nextResetAtMs: state.nextResetAtMs,
  opening: state.opening,
  hasDarkSign: state.hasDarkSign,
});

/** Without what is as in a new store: it is written with every batch, and most of it is. */
export const liveColumnOf = (live: LiveState): string =>
  JSON.stringify({
    zones: mapped(live.zones, ({ rawCount, baselineAtMs, silent }) => ({
      rawCount,
      baselineAtMs: baselineAtMs ?? undefined,
      silent: silent || undefined,
    })),
    silentDoors: someOf(live.silentDoors),
    levelState:
      live.levelState.level === 'open' && live.levelState.next === null ? undefined : live.levelState,
    alerts: someOf(live.alerts),
    imbalancedDoors: someOf(live.imbalancedDoors),
    judgedDay: live.judgedDay ?? undefined,
    nextResetAtMs: live.nextResetAtMs ?? undefined,
    opening: live.opening ?? undefined,
    hasDarkSign: live.hasDarkSign || undefined,
  });

export function parsedLive(column: string): LiveState {
  const { zones, ...kept }: Partial<LiveState> = JSON.parse(column);
  return { ...NEW_STORE, ...kept, zones: mapped(zones ?? {}, (zone) => ({ ...EMPTY_ZONE, ...zone })) };
}

const someOf = <T>(items: readonly T[]): readonly T[] | undefined => (items.length === 0 ? undefined : items);

const mapped = <Zone>(zones: LiveZones, zoneOf: (zone: LiveZone) => Zone): Record<string, Zone> =>
  Object.fromEntries(Object.entries(zones).map(([id, zone]) => [id, zoneOf(zone)]));
