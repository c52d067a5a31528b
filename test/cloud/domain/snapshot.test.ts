import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_SNAPSHOT_BYTES, snapshotSchema } from '../../../cloud/contracts/snapshot.ts';
import { storeDescriptionSchema } from '../../../cloud/contracts/store-description.ts';
import { proofMessageOf, snapshotOf } from '../../../cloud/domain/snapshot.ts';
import { type AlertState, FLOW_STEP_MS } from '../../../cloud/domain/store-state.ts';
import { aDoor, aStore, NOON_MS } from '../../support/builders.ts';

const EPOCH = 1_700_000_000_000;
const flow = (stepsBeforeNoon: number, entered: number, left: number) => ({
  startsAtMs: NOON_MS - stepsBeforeNoon * FLOW_STEP_MS,
  in: entered,
  out: left,
  adjusted: 0,
});

/** Answered by somebody with a long name in another alphabet. */
const anAlertAt = (door: string): AlertState => ({
  type: 'implausible-rate',
  source: `${door}-1`,
  severity: 'warn',
  place: { door },
  phase: 'active',
  phaseSinceMs: NOON_MS,
  sinceMs: NOON_MS,
  askedAtMs: NOON_MS,
  times: 1,
  acknowledged: { by: '€'.repeat(40), atMs: NOON_MS },
});

test('a snapshot is what the contract says it is', () => {
  const snapshot = snapshotOf(aStore({ rawCount: 38 }), [flow(3, 40, 0), flow(0, 0, 2)], EPOCH, NOON_MS);
  expect(snapshotSchema.parse(snapshot)).toEqual(snapshot);
  expect(snapshot.content).toMatchObject({ count: 38, mayEnter: 22, state: 'open' });
});

test('the curve counts back from now, and a step without people repeats the one before', () => {
  const { today } = snapshotOf(
    aStore({ rawCount: 38 }),
    [flow(3, 40, 0), flow(0, 0, 2)],
    EPOCH,
    NOON_MS,
  ).content;
  expect(today.curve?.counts).toEqual([40, 40, 40, 38]);
  expect(today).toMatchObject({ in: 40, out: 2, peak: { count: 40, atMs: NOON_MS - 2 * FLOW_STEP_MS } });
});

test('a late reading mends the past of the curve and leaves its end where the figure is', () => {
  const flows = fc.uniqueArray(fc.tuple(fc.nat(60), fc.nat(9), fc.nat(9)), {
    selector: ([step]) => step,
    minLength: 1,
  });
  fc.assert(
    fc.property(flows, fc.integer({ min: -20, max: 200 }), (steps, rawCount) => {
      const sorted = steps.map((step) => flow(...step)).sort((a, b) => a.startsAtMs - b.startsAtMs);
      const { content } = snapshotOf(aStore({ rawCount }), sorted, EPOCH, NOON_MS);
      expect(content.today.curve?.counts.at(-1)).toBe(content.count);
    }),
  );
});

describe('the largest snapshot of a description that is accepted', () => {
  /** A store with as many doors, each with a name as long as the schema lets it be. */
  const largest = (doorCount: number, idLength: number, letter: string) => {
    const described = (letters: number) => ({
      limits: { soft: 52, hard: 60 },
      storeGroups: ['demo'],
      name: letter.repeat(13),
      timeZone: 'America/Argentina/Buenos_Aires',
      doors: Array.from({ length: doorCount }, (_, index) => {
        const id = `${index}`.padStart(idLength, '0');
        return {
          id,
          name: letter.repeat(Math.min(80, Math.floor((letters + index) / doorCount))),
          sensors: [],
        };
      }),
    });
    let letters = doorCount;
    while (letters < 80 * doorCount && storeDescriptionSchema.safeParse(described(letters + 1)).success) {
      letters += 1;
    }
    return storeDescriptionSchema.parse(described(letters));
  };
  /** A day of 25 hours, as when summer time ends, with people in every step of it. */
  const flows = Array.from({ length: 100 }, (_, index) => flow(99 - index, 9_999, 9_999));
  const MONTH_MS = 30 * 24 * 3_600_000;

  const shapes = [
    [15, 2, 'e'],
    [11, 12, 'e'],
    [6, 63, 'e'],
    [8, 6, '€'],
    [4, 63, '"'],
    [1, 63, '\u0000'],
  ] as const;

  /** What is said of a door that is silent, and what of those that are heard, so that it is known how many leave. */
  const moments = [
    { heardUntilMs: NOON_MS - MONTH_MS, silent: true },
    { heardUntilMs: NOON_MS - 3_600_000, silent: false },
  ];

  test.each(shapes)(
    'with %i doors, ids of %i and names of %j is billed by SignalR Service as one message',
    (count, idLength, letter) => {
      const { name, timeZone, doors } = largest(count, idLength, letter);
      for (const moment of moments) {
        const state = aStore({
          storeId: 's'.repeat(63),
          name,
          timeZone,
          limits: { soft: 9_999, hard: 9_999 },
          liveForMs: 3_600_000,
          rawCount: 9_999,
          revision: 99_999_999,
          doors: doors.map(({ id, name: doorName }) => aDoor({ id, name: doorName, ...moment })),
          alerts: doors.map(({ id }) => anAlertAt(id)),
          opening: { open: false, changesAtMs: NOON_MS, lookedAtMs: NOON_MS },
          levelState: { level: 'nearly', next: null },
        });
        const bytes = Buffer.byteLength(JSON.stringify(snapshotOf(state, flows, EPOCH, NOON_MS)));
        expect(bytes).toBeLessThan(MAX_SNAPSHOT_BYTES);
        for (const steps of [1, 2, 12, 24, 48, 50]) {
          const usual = usualOf(steps, 9_999);
          for (let shown = 0; shown <= 100; shown += 5) {
            const snapshot = snapshotOf({ ...state, usual }, flows.slice(0, shown), EPOCH, NOON_MS);
            const { usual: _, ...today } = snapshot.content.today;
            const without = snapshotOf(state, flows.slice(0, shown), EPOCH, NOON_MS);
            expect(Buffer.byteLength(JSON.stringify(snapshot))).toBeLessThan(MAX_SNAPSHOT_BYTES);
            expect({ ...snapshot, content: { ...snapshot.content, today } }).toEqual(without);
          }
        }
      }
    },
  );
});

const usualOf = (steps: number, people: number, day = '2026-11-21') => ({
  day,
  lookedAtMs: NOON_MS,
  curve: { startsAtMs: NOON_MS, stepMs: 1_800_000, counts: Array<number>(steps).fill(people) },
});

describe('what is usual', () => {
  const shown = (usual: ReturnType<typeof usualOf>, doorCount = 1, ageMs = 2_000) => {
    const doors = Array.from({ length: doorCount }, (_, index) =>
      aDoor({ id: `door-${index}`, name: 'A door with quite a long name', heardUntilMs: NOON_MS - ageMs }),
    );
    return snapshotOf(aStore({ usual, doors }), [flow(0, 1, 0)], EPOCH, NOON_MS).content.today.usual;
  };

  test('is shown on its day by the half hour, and no other day has it', () => {
    expect(shown(usualOf(24, 50))?.counts).toHaveLength(24);
    expect(shown(usualOf(24, 50, '2026-11-20'))).toBeUndefined();
    expect(
      snapshotSchema.parse(snapshotOf(aStore({ usual: usualOf(2, 1) }), [], EPOCH, NOON_MS)),
    ).toBeTruthy();
  });

  test('goes by the hour where there is less room, and goes first where there is none', () => {
    const stepsOf = (doorCount: number) => shown(usualOf(48, 9_999), doorCount)?.counts.length ?? 0;
    const found = Array.from({ length: 25 }, (_, index) => stepsOf(index + 1));
    expect(new Set(found)).toEqual(new Set([48, 24, 0]));
    expect(found).toEqual(found.toSorted((a, b) => b - a));
  });

  test('is the same whatever a proof says: one revision is the same bytes', () => {
    for (let doorCount = 1; doorCount < 25; doorCount += 1) {
      const usual = usualOf(48, 9_999);
      expect(shown(usual, doorCount, 0)).toEqual(shown(usual, doorCount, NOON_MS));
    }
  });
});

describe('the age of a count', () => {
  const street = aDoor({ heardUntilMs: NOON_MS - 5_000 });
  const garage = (heardUntilMs: number | null, silent: boolean) =>
    aDoor({ id: 'garage', name: 'Garage', heardUntilMs, silent });
  const proofOf = (...doors: ReturnType<typeof aDoor>[]) =>
    proofMessageOf(aStore({ doors }), [], EPOCH, NOON_MS).proof;

  test('is that of the door heard longest ago: until then, every door has spoken', () => {
    expect(proofOf(street, garage(NOON_MS - 40_000, false))).toMatchObject({
      ageMs: 40_000,
      doorAgesMs: [5_000, 40_000],
    });
  });

  test('leaves out a door that is named as silent', () => {
    expect(proofOf(street, garage(NOON_MS - 400_000, true)).ageMs).toBe(5_000);
  });

  test('is that of the last to fall silent when all are', () => {
    expect(proofOf({ ...street, silent: true }, garage(NOON_MS - 400_000, true)).ageMs).toBe(5_000);
  });

  test('is unknown where nothing was ever heard, and never 0 for want of a better number', () => {
    expect(proofOf(garage(null, true)).ageMs).toBeNull();
    expect(proofOf(street, garage(null, false)).ageMs).toBeNull();
  });

  test('is not negative when a sensor’s clock runs ahead', () => {
    expect(proofOf(aDoor({ heardUntilMs: NOON_MS + 2_000 })).ageMs).toBe(0);
  });
});

test('a store whose doors are all silent has no state but unknown', () => {
  const { content } = snapshotOf(
    aStore({ rawCount: 60, doors: [aDoor({ silent: true })] }),
    [],
    EPOCH,
    NOON_MS,
  );
  expect(content.state).toBe('unknown');
});

describe('a store that has just been over its limit', () => {
  const falling = (rawCount: number) =>
    snapshotOf(
      aStore({ rawCount, levelState: { level: 'over', next: { level: 'nearly', sinceMs: NOON_MS } } }),
      [],
      EPOCH,
      NOON_MS,
    ).content;

  test('is called full while its state waits to fall, and lets nobody in by a number', () => {
    expect(falling(57)).toMatchObject({ state: 'full', count: 57, mayEnter: 0 });
  });

  test('is over while it is', () => {
    expect(falling(61)).toMatchObject({ state: 'over', mayEnter: 0 });
  });
});

test('an alert of a door that is gone names no door', () => {
  const { content } = snapshotOf(aStore({ alerts: [anAlertAt('gone')] }), [], EPOCH, NOON_MS);
  expect(content.alerts).toMatchObject([{ type: 'implausible-rate' }]);
  expect(content.alerts[0]).not.toHaveProperty('door');
});
