import { signOfBy } from '../../../cloud/contracts/alert.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';

/** Who answers, as a row names them. */
export function namedBy(by: string | null, { answering }: GlassStrings): string | null {
  const sign = by === null ? null : signOfBy(by);
  return sign === null ? by : answering.at(sign);
}
