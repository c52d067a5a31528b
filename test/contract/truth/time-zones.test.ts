import { HttpRequest } from '@azure/functions';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect } from 'vitest';
import { type HistoryStep, historySchema } from '../../../cloud/contracts/history.ts';
import { history } from '../../../cloud/functions/history.ts';
import { onBothEngines } from '../../support/store-engines.ts';
import { STORE_ID } from '../../support/truth/fleet.ts';
import { law } from '../../support/truth/law.ts';
import type { TestedCloud } from '../../support/truth/tested-cloud.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ZONES = Intl.supportedValuesOf('timeZone').filter((zone) => zone === 'UTC' || zone.includes('/'));

/** Passages within two days of a change of the clock, by minutes from it. */
const cases = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  year: fc.integer({ min: 2006, max: 2036 }),
  passages: fc.array(
    fc.record({
      minutes: fc.oneof(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -2_880, max: 2_880 })),
      in: fc.nat(4),
      out: fc.nat(4),
    }),
    { minLength: 1, maxLength: 10 },
  ),
});

/** The first of the year, or its start where there is none. */
function clockChangeMs(timeZone: string, year: number): number {
  const starts = Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(timeZone);
  const change = starts.getTimeZoneTransition('next');
  return (change?.year === year ? change : starts).epochMilliseconds;
}

async function stepsOf(cloud: TestedCloud, step: 'hour' | 'day', fromMs: number): Promise<HistoryStep[]> {
  const query = { step, from: new Date(fromMs).toISOString() };
  const url = 'http://localhost/api';
  const { jsonBody } = await history(cloud.services)(
    new HttpRequest({ method: 'GET', url, params: { storeId: STORE_ID }, query }),
  );
  return historySchema.parse(jsonBody).steps;
}

const netOf = (steps: readonly { readonly in: number; readonly out: number }[]) => ({
  in: steps.reduce((sum, step) => sum + step.in, 0),
  out: steps.reduce((sum, step) => sum + step.out, 0),
});

const dateIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return (atMs: number) => format.format(atMs);
};

onBothEngines(
  'days by the store’s clock',
  (database) => {
    law(
      'sum to all who passed, each to its own, in every time zone and over every change of the clock',
      database,
      cases,
      async (cloud, { timeZone, year, passages }) => {
        const changeMs = Math.floor(clockChangeMs(timeZone, year) / MINUTE_MS) * MINUTE_MS;
        const all = passages
          .map((one) => ({ ...one, atMs: changeMs + one.minutes * MINUTE_MS }))
          .toSorted((one, other) => one.atMs - other.atMs);
        cloud.clock.nowMs = changeMs + 3 * DAY_MS;
        await cloud.keep(STORE_ID, {
          name: 'Calle Mayor',
          timeZone,
          limits: { soft: 52, hard: 60 },
          storeGroups: ['demo'],
          doors: [{ id: 'street', name: 'Street', sensors: [{ id: 'street-1' }] }],
        });
        await cloud.say(
          ...all.map(({ atMs, in: entered, out }) => ({ body: { in: entered, out }, enqueuedAtMs: atMs })),
        );
        const fromMs = changeMs - 2 * DAY_MS - 1_234 * MINUTE_MS;
        const days = await stepsOf(cloud, 'day', fromMs);
        const hours = await stepsOf(cloud, 'hour', fromMs);
        const dateAt = dateIn(timeZone);
        expect(netOf(days)).toEqual(netOf(all));
        for (const [index, day] of days.entries()) {
          const endsAtMs = days[index + 1]?.startsAtMs ?? Number.POSITIVE_INFINITY;
          const within = ({ startsAtMs }: { readonly startsAtMs: number }) =>
            day.startsAtMs <= startsAtMs && startsAtMs < endsAtMs;
          expect(netOf([day])).toEqual(netOf(all.filter(({ atMs }) => within({ startsAtMs: atMs }))));
          expect(netOf([day])).toEqual(netOf(hours.filter(within)));
          if (index === 0) continue;
          expect(dateAt(day.startsAtMs)).not.toBe(dateAt(day.startsAtMs - MINUTE_MS));
          if (index + 1 < days.length) expect(dateAt(day.startsAtMs)).toBe(dateAt(endsAtMs - MINUTE_MS));
        }
      },
    );
  },
  'memory',
);
