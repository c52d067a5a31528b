import { added, aZoneLedger, passed, setTo, type ZoneLedger } from './zone-ledger.ts';

export const ZONE_IDS = ['hall', 'cafe', 'attic'] as const;
export type ZoneId = (typeof ZONE_IDS)[number];
export const STORE_IDS = ['alpha', 'beta'] as const;
export type StoreId = (typeof STORE_IDS)[number];
/** Three that count at doors, each in its own way, and one that looks at a zone. */
export const SENSOR_IDS = ['numbered', 'unnumbered', 'total', 'eye'] as const;
export type SensorId = (typeof SENSOR_IDS)[number];

/** A door is called by where it leads, so that one of the same id is the same door. */
export type Door = { readonly id: string; readonly into: ZoneId; readonly from: ZoneId | null };
/** `flipped`: of a sensor at a door. */
export type Spot = { readonly id: string; readonly flipped: boolean };
export type Layout = { readonly zones: readonly ZoneId[]; readonly spots: ReadonlyMap<SensorId, Spot> };

type Place = Spot & { readonly storeId: StoreId; readonly fromMs: number; untilMs: number | null };

export type ModelSensor = {
  readonly places: Place[];
  sequence: number;
  /** What it has counted since its boot. */
  total: { in: number; out: number };
  /** Up to where that was counted; null where the next total is where counting starts. */
  known: { in: number; out: number } | null;
  cut: boolean;
  kept: Reading[];
};

export type Reading = { readonly body: object; readonly atMs: number } & (
  | { readonly in: number; readonly out: number }
  | { readonly people: number }
);

type ModelStore = { layout: Layout; zones: Map<ZoneId, ZoneLedger>; keptAtMs: number };

/** What the stores should hold, said as simply as can be. */
export type Model = {
  readonly stores: Map<StoreId, ModelStore>;
  readonly sensors: Record<SensorId, ModelSensor>;
};

const aSensor = (): ModelSensor => ({
  places: [],
  sequence: 0,
  total: { in: 0, out: 0 },
  known: null,
  cut: false,
  kept: [],
});

export const emptyModel = (): Model => ({
  stores: new Map(),
  sensors: { numbered: aSensor(), unnumbered: aSensor(), total: aSensor(), eye: aSensor() },
});

/** One from the street into each zone, and one from each zone into the next. */
export const doorsOf = (zones: readonly ZoneId[]): readonly Door[] =>
  zones.flatMap((into, index): Door[] => {
    const from = zones[index + 1];
    const street: Door = { id: `street-${into}`, into, from: null };
    return from === undefined ? [street] : [street, { id: `${from}-${into}`, into, from }];
  });

export const placeNow = ({ places }: ModelSensor): Place | undefined =>
  places.find(({ untilMs }) => untilMs === null);

const eyeZone = ({ spots }: Layout): string | undefined => spots.get('eye')?.id;

/** The store is kept with another layout: sensors move, zones come and go, those who were in one that goes move on. */
export function relaid(model: Model, storeId: StoreId, layout: Layout, nowMs: number): void {
  const before = model.stores.get(storeId);
  for (const id of SENSOR_IDS) moved(model.sensors[id], storeId, layout.spots.get(id), nowMs);
  const zones = new Map(layout.zones.map((id) => [id, before?.zones.get(id) ?? aZoneLedger()]));
  const measured = eyeZone(layout);
  const heir = layout.zones.find((id) => id !== measured);
  const gone = [...(before?.zones ?? [])].filter(([id]) => !zones.has(id));
  const setAtMs = Math.max(...gone.map(([, zone]) => zone.setAtMs ?? 0));
  for (const [id, zone] of zones) if (before?.zones.has(id) !== true && setAtMs > 0) zone.setAtMs = setAtMs;
  for (const [, { people }] of gone) {
    const ledger = heir === undefined ? undefined : zones.get(heir);
    if (ledger !== undefined) added(ledger, people, nowMs);
  }
  if (measured !== undefined && (before === undefined || measured !== eyeZone(before.layout))) {
    const [, ledger] = [...zones].find(([id]) => id === measured) ?? [];
    if (ledger !== undefined) added(ledger, -ledger.people, nowMs);
  }
  model.stores.set(storeId, { layout, zones, keptAtMs: nowMs });
}

/** One that had no place until now begins anew: who passed it meanwhile was nobody's customer. */
function moved(sensor: ModelSensor, storeId: StoreId, spot: Spot | undefined, nowMs: number): void {
  const place = placeNow(sensor);
  if (place !== undefined && place.storeId !== storeId) return;
  if (place === undefined) sensor.known = null;
  if (place !== undefined && place.id === spot?.id && place.flipped === spot.flipped) return;
  if (place !== undefined) place.untilMs = nowMs;
  if (spot === undefined) return;
  const fromMs = sensor.places.length === 0 ? 0 : nowMs;
  sensor.places.push({ ...spot, storeId, fromMs, untilMs: null });
}

/** A reading counts where its sensor was when it was true. */
export function counted(model: Model, id: SensorId, reading: Reading): void {
  const sensor = model.sensors[id];
  const place = sensor.places.find(
    ({ fromMs, untilMs }) => fromMs <= reading.atMs && (untilMs === null || reading.atMs < untilMs),
  );
  const store = place === undefined ? undefined : model.stores.get(place.storeId);
  if ('people' in reading) {
    const ledger = place?.untilMs === null ? store?.zones.get(zoneIdOf(place.id)) : undefined;
    if (ledger !== undefined) added(ledger, reading.people - ledger.people, reading.atMs);
    return;
  }
  const people = passageOf(id, sensor, reading);
  const door =
    store === undefined ? undefined : doorsOf(store.layout.zones).find((one) => one.id === place?.id);
  if (store === undefined || door === undefined) return;
  const net = place?.flipped === true ? -people : people;
  through(store, door.into, net, reading.atMs);
  if (door.from !== null) through(store, door.from, -net, reading.atMs);
}

/** Net of in and out. */
function passageOf(id: SensorId, sensor: ModelSensor, reading: { in: number; out: number }): number {
  if (id !== 'total') return reading.in - reading.out;
  const before = sensor.known;
  sensor.known = { in: reading.in, out: reading.out };
  return before === null ? 0 : reading.in - before.in - (reading.out - before.out);
}

function through({ layout, zones }: ModelStore, zoneId: ZoneId, people: number, atMs: number): void {
  const ledger = zones.get(zoneId);
  if (ledger !== undefined && eyeZone(layout) !== zoneId) passed(ledger, people, atMs);
}

/** The zone is set; one that is measured never is. */
export function putTo(model: Model, storeId: StoreId, zoneId: ZoneId, people: number, atMs: number): void {
  const ledger = model.stores.get(storeId)?.zones.get(zoneId);
  if (ledger !== undefined) setTo(ledger, people, atMs);
}

/** Zones whose doors count for them, in their order. */
export const countedZones = (model: Model, storeId: StoreId): readonly ZoneId[] => {
  const layout = model.stores.get(storeId)?.layout;
  return layout === undefined ? [] : layout.zones.filter((id) => id !== eyeZone(layout));
};

const zoneIdOf = (id: string | undefined): ZoneId => ZONE_IDS.find((one) => one === id) ?? 'hall';
