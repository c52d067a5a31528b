import { type BenchRow, spreadOf } from './bench.ts';

/** One of those that are compared; `round` gives one figure. */
export type Side = { readonly what: string; readonly round: () => Promise<number> };

type Rounds<S extends readonly Side[]> = {
  readonly unit: string;
  readonly count: number;
  readonly sides: S;
  readonly progress: (step: string) => void;
};

/** The figure of each round, by the side's name. */
export type Figures = ReadonlyMap<string, readonly number[]>;

const DIGITS = 3;

/**
 * A B A B …, so that what else the machine does meets all sides alike, and each ratio is of two rounds that were neighbours.
 * A round of each goes before and does not count: it is when the code is compiled.
 */
export async function roundsOf(rounds: Rounds<readonly Side[]>): Promise<Figures> {
  const { unit, count, sides, progress } = rounds;
  const figures = new Map(sides.map(({ what }) => [what, [] as number[]]));
  for (let round = 0; round <= count; round += 1) {
    for (const side of sides) {
      const figure = await side.round();
      const shown = figure >= 100 ? Math.round(figure) : Number(figure.toPrecision(DIGITS));
      progress(`round ${round === 0 ? 'to warm up' : round}: ${side.what}: ${shown} ${unit}`);
      if (round > 0) figures.get(side.what)?.push(figure);
    }
  }
  return figures;
}

/** A row for one side; without a peer, or for the peer itself, there is nothing beside it. */
export function rowOf(figures: Figures, what: string, unit: string, peer?: string): BenchRow {
  const own = figures.get(what) ?? [];
  const ofPeer = (peer === undefined ? undefined : figures.get(peer)) ?? [];
  const ratio = spreadOf(own.map((figure, index) => figure / (ofPeer[index] ?? Number.NaN)));
  const beside = peer === undefined || peer === what ? null : peer;
  return {
    what,
    unit,
    figure: spreadOf(own),
    beside: beside === null ? null : { what: beside, figure: spreadOf(ofPeer).median, ratio },
  };
}

/** All sides in turns, the first being the peer: the others are told beside it. */
export async function comparedRows(rounds: Rounds<readonly [Side, ...Side[]]>): Promise<BenchRow[]> {
  const figures = await roundsOf(rounds);
  const [peer] = rounds.sides;
  return rounds.sides.map(({ what }) => rowOf(figures, what, rounds.unit, peer.what));
}
