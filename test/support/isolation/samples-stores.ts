import { randomUUID } from 'node:crypto';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import type { AimName } from './aims.ts';
import { type Sample, sample } from './sample.ts';
import { LOOSE_SENSOR, refusedMessage, SHARED_GROUP, shopDescription, shopIds } from './shops.ts';

const STORES: readonly AimName[] = ['alpha', 'bravo', 'missing'];
const GROUPS: readonly AimName[] = ['alpha', 'bravo', 'shared', 'missing'];

const shopOf = (aim: AimName) => (aim === 'alpha' || aim === 'bravo' ? aim : undefined);
const newId = () => `new-${randomUUID()}`;

export function storeIdOf(aim: AimName): string {
  const shop = shopOf(aim);
  return shop === undefined ? newId() : shopIds(shop).storeId;
}
const groupIdOf = (aim: AimName): string => {
  const shop = shopOf(aim);
  return aim === 'shared' ? SHARED_GROUP : shop === undefined ? newId() : shopIds(shop).storeGroupId;
};
/** One whose keys may be made anew. */
export const sensorIdOf = (aim: AimName): string => {
  const shop = shopOf(aim);
  return shop === undefined ? newId() : shopIds(shop).otherSensorId;
};

const ofStore = (more: Omit<ReturnType<Sample['make']>, 'params'> = {}): Sample =>
  sample(STORES, ({ aim }) => ({ params: { storeId: storeIdOf(aim) }, ...more }));
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

const plainStore = () => ({
  name: 'Plain',
  timeZone: 'UTC',
  limits: { soft: 5, hard: 6 },
  storeGroups: [newId()],
  doors: [{ id: 'door', name: 'Door', sensors: [] }],
});

export const STORE_SAMPLES: Readonly<Record<string, readonly Sample[]>> = {
  overview: [sample(['none'])],
  readStore: [ofStore()],
  keepStore: [
    sample(STORES, ({ aim, opens }) => {
      const shop = shopOf(aim);
      const body = opens && shop !== undefined ? shopDescription(shop) : plainStore();
      return { params: { storeId: storeIdOf(aim) }, body };
    }),
  ],
  listCorrections: [ofStore()],
  correct: [ofStore({ body: { kind: 'add', people: 0, why: 'nothing changes' } })],
  history: [
    sample(STORES, ({ aim }) => ({
      params: { storeId: storeIdOf(aim) },
      query: { from: inMinutes(-60), step: 'minute' },
    })),
    sample(STORES, ({ aim }) => ({
      params: { storeId: storeIdOf(aim) },
      query: { from: inMinutes(-60), format: 'csv' },
    })),
  ],
  drift: [ofStore()],
  listAlerts: [ofStore()],
  acknowledge: [ofStore({ body: { type: 'over-capacity', source: 'store' } })],
  readStoreGroup: [sample(GROUPS, ({ aim }) => ({ params: { storeGroupId: groupIdOf(aim) } }))],
  keepStoreGroup: [
    sample(GROUPS, ({ aim }) => ({ params: { storeGroupId: groupIdOf(aim) }, body: { dailyReset: null } })),
  ],
  listRejected: [sample(['none'])],
  replayRejected: [
    sample(['alpha', 'bravo'], async ({ stage, aim, opens }) => {
      const shop = aim === 'alpha' ? 'alpha' : 'bravo';
      if (opens) await refusedMessage(stage.cloud, shop, stage.ingestKeys[shop]);
      return { body: { sensorId: shopIds(shop).sensorId } };
    }),
  ],
  shelve: [ofStore({ body: { type: 'over-capacity', source: 'store', forMinutes: 0 } })],
  deleteRejected: [
    sample(['alpha', 'bravo'], ({ aim, opens }) => {
      // What is kept of the staged sensor is there to be read by others.
      const shop = aim === 'alpha' ? 'alpha' : 'bravo';
      return { query: { sensorId: opens ? shopIds(shop).otherSensorId : shopIds(shop).sensorId } };
    }),
  ],
  listSensors: [sample(['none'])],
  makeSensor: [sample(['missing'], () => ({ body: { sensorId: newId() } }))],
  removeSensor: [
    sample(['alpha', 'bravo', 'loose', 'missing'], async ({ stage, aim, opens }) => {
      if (aim !== 'loose') return { params: { sensorId: sensorIdOf(aim) } };
      const sensorId = opens ? newId() : LOOSE_SENSOR;
      if (opens) await stage.own('POST', API_PATHS.sensors, { sensorId });
      return { params: { sensorId } };
    }),
  ],
  renewConnectionString: [
    sample(['alpha', 'bravo', 'loose', 'missing'], ({ aim }) => ({
      params: { sensorId: aim === 'loose' ? LOOSE_SENSOR : sensorIdOf(aim) },
      body: {},
    })),
  ],
  makeIngestKey: [sample(STORES, ({ aim }) => ({ params: { sensorId: sensorIdOf(aim) }, body: {} }))],
  exportTable: ['stores', 'zones', 'doors', 'sensors', 'signs'].map((kind) =>
    sample(['none'], () => ({ params: { kind } })),
  ),
};
