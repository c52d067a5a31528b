import fc from 'fast-check';

/** What happens `afterMs` the step before. */
export type Step = { readonly afterMs: number } & (
  | { readonly kind: 'counted' | 'heard' | 'restored' | 'reconnects' | 'restarts' | 'reloads' }
  /** As often delivered as it takes times; not at all: it is lost. */
  | { readonly kind: 'push' | 'proof'; readonly takesMs: readonly number[] }
  | { readonly kind: 'pull'; readonly outMs: number; readonly backMs: number }
  /** Noticed: all that was under way is lost. Else it waits, and comes when the cable is back. */
  | { readonly kind: 'cut'; readonly forMs: number; readonly isNoticed: boolean }
  | { readonly kind: 'wall clock'; readonly byMs: number }
  | { readonly kind: 'stops'; readonly forMs: number; readonly steady: 'runs' | 'stands' }
);

export type Schedule = { readonly liveForMs: number; readonly steps: readonly Step[] };

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

const upTo = (...mosts: number[]) => fc.oneof(...mosts.map((most) => fc.nat(most)));
const either = (...mosts: number[]) => fc.oneof(...mosts.map((max) => fc.integer({ min: -max, max })));
const takesMs = fc.array(upTo(300, 3 * SECOND_MS, 40 * SECOND_MS), { maxLength: 3 });

const step: fc.Arbitrary<Step> = fc
  .record({ afterMs: upTo(100, 3 * SECOND_MS, 30 * SECOND_MS) })
  .chain((when) =>
    fc
      .oneof(
        {
          weight: 4,
          arbitrary: fc.record({
            kind: fc.constantFrom(
              'counted',
              'heard',
              'counted',
              'heard',
              'restored',
              'reconnects',
              'restarts',
              'reloads',
            ),
          }),
        },
        { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('push', 'proof'), takesMs }) },
        {
          weight: 3,
          arbitrary: fc.record({
            kind: fc.constant('pull'),
            outMs: upTo(100, 6_000),
            backMs: upTo(100, 6_000),
          }),
        },
        {
          weight: 1,
          arbitrary: fc.record({
            kind: fc.constant('cut'),
            forMs: upTo(5_000, 200_000),
            isNoticed: fc.boolean(),
          }),
        },
        {
          weight: 2,
          arbitrary: fc.record({
            kind: fc.constant('wall clock'),
            byMs: either(5 * SECOND_MS, HOUR_MS, 3 * YEAR_MS),
          }),
        },
        {
          weight: 2,
          arbitrary: fc.record({
            kind: fc.constant('stops'),
            forMs: upTo(5_000, 200_000, 12 * HOUR_MS),
            steady: fc.constantFrom('runs', 'stands'),
          }),
        },
      )
      .map((what) => ({ ...when, ...what }) as Step),
  );

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  liveForMs: fc.constantFrom(10 * SECOND_MS, 90 * SECOND_MS, 1_200 * SECOND_MS),
  steps: fc.array(step, { maxLength: 24 }),
});
