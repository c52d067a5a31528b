import packageJson from '../../../package.json' with { type: 'json' };

export const PROGRAM_VERSION: string = packageJson.version;

/** By the three numbers; what comes after them is not compared. */
export function isNewerThanProgram(version: string): boolean {
  const [theirs, ours] = [numbersOf(version), numbersOf(PROGRAM_VERSION)];
  const differs = theirs.findIndex((number, index) => number !== ours[index]);
  return differs >= 0 && (theirs[differs] ?? 0) > (ours[differs] ?? 0);
}

const numbersOf = (version: string): readonly number[] =>
  (/^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
