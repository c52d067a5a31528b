import type { HistoryStep } from '../../../cloud/contracts/history.ts';
import type { Overview } from '../../../cloud/contracts/overview.ts';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { type StoreDescription, storeDescriptionSchema } from '../../../cloud/contracts/store-description.ts';

const HOUR_MS = 3_600_000;
const DAY_HOURS = [0, 0, 0, 0, 0, 0, 0, 0, 4, 32, 61, 84, 120, 141, 118, 96, 104, 131, 122, 70, 12, 0, 0, 0];
const SHOP_DAY = [{ opens: '09:00', closes: '20:00' }];

/** What the cloud tells of one store beside its snapshot; undefined: something else was asked for. */
export function storeAnswer({ pathname, searchParams }: URL, { stores }: Overview, nowMs: number): unknown {
  const [, , list, storeId, part] = pathname.split('/');
  const found = stores.find(({ snapshot }) => snapshot.content.store.id === storeId)?.snapshot;
  if (list !== 'stores' || found === undefined) return undefined;
  if (part === undefined) return { storeId, description: describedLike(found.content), snapshot: found };
  if (part !== 'history') return undefined;
  const step = searchParams.get('step');
  if (step === 'day') return { storeId, step, steps: [{ ...hourAt(nowMs, 0), in: 921, out: 731 }] };
  const first = Math.floor((nowMs - 57 * 24 * HOUR_MS) / HOUR_MS);
  const hours = Array.from(
    { length: Math.floor(nowMs / HOUR_MS) - first + 1 },
    (_, hour) => (first + hour) * HOUR_MS,
  );
  return { storeId, step, steps: hours.map((atMs) => hourAt(atMs, found.content.limits.hard)) };
}

function hourAt(startsAtMs: number, hard: number): HistoryStep {
  const at = new Date(startsAtMs);
  const usual = DAY_HOURS[at.getUTCHours()] ?? 0;
  const isDayOff = at.getUTCDay() === (new Date().getUTCDay() + 4) % 7;
  const count = isDayOff ? 0 : Math.round((usual / 141) * hard * (0.7 + (at.getUTCDate() % 5) / 16));
  return {
    ...{ startsAtMs, startsAt: `${at.toISOString().slice(0, 19)}+00:00` },
    ...{
      in: count * 2,
      out: count + 20,
      corrected: at.getUTCHours() === 12 && !isDayOff ? 14 : 0,
      count,
      peak: count + 6,
    },
  };
}

export function describedLike({ store, limits, zones, doors }: SnapshotContent): StoreDescription {
  return storeDescriptionSchema.parse({
    ...{ name: store.name, timeZone: store.timeZone, limits: { ...limits, staff: 6 } },
    storeGroups: [store.id, 'germany'],
    dailyReset: { at: '05:00', to: 0 },
    hours: {
      week: {
        ...{ mon: SHOP_DAY, tue: SHOP_DAY, wed: SHOP_DAY },
        ...{ thu: SHOP_DAY, fri: SHOP_DAY, sat: SHOP_DAY, sun: [] },
      },
      dates: [{ date: '2099-12-24', hours: [{ opens: '09:00', closes: '14:00' }] }],
    },
    zones: zones.map(({ id, name, limits: own }) => ({ id, name, ...(own === null ? {} : { limits: own }) })),
    doors: [...doors.map(({ id, name }) => ({ id, name, sensors: [{ id: `${store.id}-${id}` }] }))],
  });
}
