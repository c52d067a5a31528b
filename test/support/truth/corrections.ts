import fc from 'fast-check';
import { type Fleet, STORE_ID } from './fleet.ts';
import type { TestedCloud } from './tested-cloud.ts';
import { picked } from './walk.ts';

const MINUTE_MS = 60_000;

/** What a person does about the count. `minutesAgo`: of a `set`, how long ago so many were inside; null: now. */
export type Put = {
  /** After which batch. */
  readonly after: number;
  readonly kind: 'add' | 'set' | 'reset';
  readonly zone: number;
  readonly people: number;
  readonly minutesAgo: number | null;
};

export const puts: fc.Arbitrary<readonly Put[]> = fc.array(
  fc.record({
    after: fc.nat(5),
    kind: fc.constantFrom('add', 'set', 'set', 'reset'),
    zone: fc.nat(2),
    people: fc.nat(9),
    minutesAgo: fc.option(fc.nat(120), { freq: 2 }),
  }),
  { maxLength: 3 },
);

/** Those due after a batch, at the present time. Of a measured zone nobody but its sensors can say how many are in it. */
export async function putRight(
  cloud: TestedCloud,
  fleet: Pick<Fleet, 'zones'>,
  all: readonly Put[],
  after: number,
): Promise<void> {
  const counted = fleet.zones.filter(({ overhead }) => overhead === null);
  for (const one of all) {
    if (one.after !== after || counted.length === 0) continue;
    const { status, jsonBody } = await cloud.correct(STORE_ID, requestOf(cloud, one, counted));
    if (status !== 200) throw new Error(`the correction was refused: ${JSON.stringify(jsonBody)}`);
  }
}

function requestOf({ clock }: TestedCloud, { kind, zone, people, minutesAgo }: Put, zones: Fleet['zones']) {
  if (kind === 'reset') return { kind, by: 'Ana' };
  const named = { people, zone: picked(zones, zone).id, by: 'Ana' };
  if (kind === 'add') return { kind, ...named, people: people - 4 };
  if (minutesAgo === null) return { kind, ...named };
  return { kind, ...named, at: minuteOf(clock.nowMs - minutesAgo * MINUTE_MS) };
}

export const minuteOf = (atMs: number): string =>
  new Date(Math.floor(atMs / MINUTE_MS) * MINUTE_MS).toISOString();
