import type { Clone } from '../contracts/fleet.ts';

/** One start of a sign's program, as its reports tell it. */
export type HeardBoot = {
  readonly boot: string;
  readonly address: string | null;
  readonly firstAtMs: number;
  readonly heardAtMs: number;
  /** When it last took turns with another one; null: it never did. */
  readonly turnAtMs: number | null;
};

/** Both were heard so lately, or there is one device only by now. */
const CLONES_WITHIN_MS = 600_000;
/** The last report of a program that ends may come in after the first of the next one. */
const LATE_WITHIN_MS = 30_000;
const MAX_BOOTS = 8;

/**
 * The programs of a sign after a report, the last heard first. One that reports again after another one has been heard
 * for a while runs beside it: a program that was started anew never does.
 */
export function bootsAfter(
  before: readonly HeardBoot[],
  { boot, address }: Pick<HeardBoot, 'boot' | 'address'>,
  nowMs: number,
): readonly HeardBoot[] {
  const at = before.findIndex((one) => one.boot === boot);
  const known = before[at];
  if (known === undefined)
    return kept([{ boot, address, firstAtMs: nowMs, heardAtMs: nowMs, turnAtMs: null }, ...before], nowMs);
  const since = before.slice(0, at);
  const beside = since.filter(({ firstAtMs }) => nowMs - firstAtMs >= LATE_WITHIN_MS);
  if (since.length > 0 && beside.length === 0) return before;
  const again = { ...known, address, heardAtMs: nowMs };
  const others = before.filter((one) => one !== known);
  if (beside.length === 0) return [again, ...others];
  const turned = others.map((one) => (beside.includes(one) ? { ...one, turnAtMs: nowMs } : one));
  return [{ ...again, turnAtMs: nowMs }, ...turned];
}

/** The newest, without those that are long gone. Where a whole batch of disks was copied, the first ones stay: they come again. */
function kept(
  [newest, ...others]: readonly [HeardBoot, ...HeardBoot[]],
  nowMs: number,
): readonly HeardBoot[] {
  const recent = others.filter(({ heardAtMs }) => isRecent(heardAtMs, nowMs));
  return [newest, ...recent.slice(-(MAX_BOOTS - 1))];
}

/** The devices that share the key of the one that was heard last. */
export const clonesOf = ([, ...others]: readonly HeardBoot[], nowMs: number): Clone[] =>
  others
    .filter(({ heardAtMs, turnAtMs }) => isRecent(heardAtMs, nowMs) && isRecent(turnAtMs, nowMs))
    .map(({ boot, address, heardAtMs }) => ({ boot, address, heardAtMs }));

const isRecent = (atMs: number | null, nowMs: number): boolean =>
  // Either way: a clock that ran ahead and was set right leaves times that are yet to come.
  atMs !== null && Math.abs(nowMs - atMs) < CLONES_WITHIN_MS;

/** The sentence about a sign, with what is known of its clones. */
export function whyWithClones(why: string, clones: readonly Clone[]): string {
  if (clones.length === 0) return why;
  const addresses = [...new Set(clones.flatMap(({ address }) => address ?? []))];
  const where = addresses.length === 0 ? '' : `, from ${addresses.join(' and ')}`;
  const others = clones.length === 1 ? 'Another device reports' : `${clones.length} other devices report`;
  return `${why} ${others} with its key${where}: its disk was copied, or its page is open twice.`;
}
