import type { StoreDescription } from '../../../../cloud/contracts/store-description.ts';
import { STREET } from '../../../../cloud/contracts/store-description.ts';

type Place = StoreDescription['doors'][number] | StoreDescription['zones'][number];
type Sensor = Place['sensors'][number];

/** What changes about zones, doors and their sensors. */
export function placeEffects(before: StoreDescription, after: StoreDescription): readonly string[] {
  return [
    ...listEffects('Zone', before.zones, after.zones),
    ...after.zones.flatMap((zone) => {
      const was = before.zones.find(({ id }) => id === zone.id);
      if (was === undefined || JSON.stringify(was.limits) === JSON.stringify(zone.limits)) return [];
      const { limits } = zone;
      return limits === undefined
        ? `Zone ${zone.name} has no limits of its own.`
        : `Zone ${zone.name} is nearly full from ${limits.soft} and full at ${limits.hard}.`;
    }),
    ...listEffects('Door', before.doors, after.doors),
    ...after.doors.flatMap((door) => {
      const was = before.doors.find(({ id }) => id === door.id);
      const [then, now] = [was && routeOf(was, before), routeOf(door, after)];
      const moved =
        then === undefined || then === now
          ? []
          : [`Door ${door.name} leads from ${now}: what it counts goes there from now on.`];
      const rate =
        was === undefined || was.peoplePerSecond === door.peoplePerSecond
          ? []
          : [`More than ${door.peoplePerSecond} people a second at ${door.name} are taken for a fault.`];
      return [...moved, ...rate];
    }),
    ...[...after.zones, ...after.doors].flatMap((place) => {
      const was = [...before.zones, ...before.doors].find(
        (one) => one.id === place.id && 'peoplePerSecond' in one === 'peoplePerSecond' in place,
      );
      return sensorEffects(place.name, was?.sensors ?? [], place.sensors);
    }),
  ];
}

function listEffects(what: string, before: readonly Place[], after: readonly Place[]): readonly string[] {
  const was = new Map(before.map((place) => [place.id, place.name]));
  const stays = new Set(after.map(({ id }) => id));
  return [
    ...before
      .filter(({ id }) => !stays.has(id))
      .map(({ name }) => `${what} ${name} is removed; what it counted stays on record.`),
    ...after.flatMap(({ id, name }) => {
      const old = was.get(id);
      if (old === undefined) return `${what} ${name} is added.`;
      return old === name ? [] : `${what} ${old} is called ${name}.`;
    }),
  ];
}

function routeOf({ into, from }: StoreDescription['doors'][number], { zones }: StoreDescription): string {
  const named = (id: string | undefined) =>
    id === undefined || id === STREET ? 'the street' : (zones.find((zone) => zone.id === id)?.name ?? id);
  return zones.length === 0 ? 'the street' : `${named(from)} to ${named(into ?? zones[0]?.id)}`;
}

function sensorEffects(
  place: string,
  before: readonly Sensor[],
  after: readonly Sensor[],
): readonly string[] {
  const nameOf = ({ id, line }: Sensor) => (line === undefined ? id : `${id}, line ${line}`);
  const was = new Map(before.map((sensor) => [nameOf(sensor), sensor]));
  const stays = new Set(after.map(nameOf));
  return [
    ...[...was.keys()]
      .filter((name) => !stays.has(name))
      .map((name) => `Sensor ${name} no longer counts at ${place}.`),
    ...after.flatMap((sensor) => {
      const name = nameOf(sensor);
      const old = was.get(name);
      if (old === undefined) return `Sensor ${name} counts at ${place}.`;
      return [
        ...(isFlipped(old) === isFlipped(sensor)
          ? []
          : [`Sensor ${name} is flipped: its in is people leaving${isFlipped(sensor) ? '' : ' no more'}.`]),
        ...(old.model === sensor.model ? [] : [`Sensor ${name} is read as ${sensor.model}.`]),
      ];
    }),
  ];
}

const isFlipped = (sensor: Sensor): boolean => 'flipped' in sensor && sensor.flipped;
