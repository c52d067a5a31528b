import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { ListedSensor, SensorPlace, Sensors } from '../../contracts/sensor.ts';
import type { SensorState } from '../../domain/sensor-state.ts';
import type { Transaction } from '../../store/port.ts';
import type { KeptOfSensor } from '../../store/sensor-port.ts';
import { answer } from '../http-answers.ts';
import type { Caller } from '../people/caller.ts';
import type { Services } from '../services.ts';
import { type KnownDevices, knownDevices } from './known-devices.ts';

/** Where sensors count, when they were heard, and what of them could not be counted. */
export const listSensors =
  ({ store, registry, now }: Services) =>
  async (_request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const devices = await knownDevices(registry);
    const sensors = await store.look((tx) => sensorsSeen(tx, caller, devices));
    const hubIsSilent = devices === undefined ? { hubIsSilent: true } : {};
    return answer({ nowMs: now(), sensors, ...hubIsSilent } satisfies Sensors);
  };

async function sensorsSeen(
  tx: Transaction,
  { storeIds }: Caller,
  devices: KnownDevices | undefined,
): Promise<ListedSensor[]> {
  const places = Map.groupBy(await tx.sensors.places(storeIds), ({ sensorId }) => sensorId);
  const keptOfAll = await tx.sensors.kept(storeIds === null ? null : [...places.keys()]);
  // What has no place belongs to no store.
  const without =
    storeIds === null ? [...keptOfAll.map(({ sensorId }) => sensorId), ...(devices?.ids ?? [])] : [];
  const sensorIds = [...new Set([...places.keys(), ...without])].sort();
  const states = await tx.counting.sensorStates(sensorIds);
  const keyed = await tx.sensors.withIngestKey(sensorIds);
  const kept = new Map(keptOfAll.map((one) => [one.sensorId, one]));
  const stateOf = new Map(states.map((state) => [state.sensorId, state]));
  return sensorIds.map((sensorId) =>
    listed(sensorId, {
      places: places.get(sensorId) ?? [],
      state: stateOf.get(sensorId),
      kept: kept.get(sensorId),
      hasIngestKey: keyed.includes(sensorId),
      devices,
    }),
  );
}

type Facts = {
  readonly places: readonly SensorPlace[];
  readonly state: SensorState | undefined;
  readonly kept: KeptOfSensor | undefined;
  readonly hasIngestKey: boolean;
  readonly devices: KnownDevices | undefined;
};

function listed(sensorId: string, { places, state, kept, hasIngestKey, devices }: Facts): ListedSensor {
  // What is kept of a sensor that has a place may be older than what was counted.
  const heard = [state?.heardUntilMs ?? null, kept?.lastSeenAtMs ?? null].filter((atMs) => atMs !== null);
  // A sensor with a place was let in when it was named; only the hub knows of the others.
  const hasConnectionString = devices?.isComplete
    ? devices.ids.has(sensorId)
    : devices?.ids.has(sensorId) === true || (places.length > 0 && !hasIngestKey);
  return {
    sensorId,
    places: places.map(({ storeId, doorId, zoneId, line, model, flipped }) => ({
      ...{ storeId, doorId, zoneId, line, model, flipped },
    })),
    hasConnectionString,
    hasIngestKey,
    heardAtMs: heard.length === 0 ? null : Math.max(...heard),
    skewMs: state?.clock.skewMs ?? 0,
    kept: kept?.kept ?? 0,
    keptWhy: kept?.detail ?? '',
  };
}
