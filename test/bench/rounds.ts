import { type BenchRow, spreadOf } from './bench.ts';

/** One of those that are compared; `round` gives one figure. */
export type Side = { readonly what: string; readonly round: () => Promise<number> };

type Rounds = {
  readonly unit: string;
  readonly count: number;
  /** The first is the peer: the others are told beside it. */
  readonly sides: readonly [Side, ...Side[]];
  readonly progress: (step: string) => void;
};

/**
 * A B A B …, so that what else the machine does meets all sides alike, and each ratio is of two rounds that were neighbours.
 * A round of each goes before and does not count: it is when the code is compiled.
 */
export async function comparedRows({ unit, count, sides, progress }: Rounds): Promise<BenchRow[]> {
  const figures = new Map(sides.map(({ what }) => [what, [] as number[]]));
  for (let round = 0; round <= count; round += 1) {
    for (const side of sides) {
      const figure = await side.round();
      progress(`round ${round === 0 ? 'to warm up' : round}: ${side.what}: ${Math.round(figure)} ${unit}`);
      if (round > 0) figures.get(side.what)?.push(figure);
    }
  }
  const [peer] = sides;
  const ofPeer = figures.get(peer.what) ?? [];
  return sides.map(({ what }) => {
    const own = figures.get(what) ?? [];
    const ratio = spreadOf(own.map((figure, index) => figure / (ofPeer[index] ?? Number.NaN)));
    const beside = { what: peer.what, figure: spreadOf(ofPeer).median, ratio };
    return { what, unit, figure: spreadOf(own), beside: what === peer.what ? null : beside };
  });
}
