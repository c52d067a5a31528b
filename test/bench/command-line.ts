import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const PAGE = join(import.meta.dirname, '../../docs/bench.md');

export type BenchCommand = {
  readonly names: readonly string[];
  readonly quick: boolean;
  /** Where the figures are written; null where they are only shown. */
  readonly page: string | null;
};

/** Throws where a bench is not known, or an option. Figures of a quick run are kept only where a page is named. */
export function benchCommand(args: readonly string[], known: readonly string[]): BenchCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, page: { type: 'string' } },
  });
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`unknown: ${unknown.join(', ')}; expected ${known.join(', ')}, or none for all`);
  }
  const { quick, page } = values;
  return {
    names: positionals.length === 0 ? known : positionals,
    quick,
    page: page === undefined ? (quick ? null : PAGE) : resolve(page),
  };
}
