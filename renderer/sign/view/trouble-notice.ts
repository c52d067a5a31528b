import type { Trouble } from '../../../cloud/contracts/feed.ts';
import type { GlassStrings, Notice } from '../../design/strings/glass-strings.ts';

/** Why a board that is shown has no cloud. That it cannot be reached is said in the shorter words of a link that was lost. */
export function troubleNotice(
  trouble: Trouble | undefined,
  { noConnection, trouble: { of } }: GlassStrings,
): Notice {
  if (trouble === undefined || trouble === 'unreachable') return noConnection;
  // The page itself says what it lacks before there is any board.
  return trouble === 'not-secure' || trouble === 'no-key' ? noConnection : of[trouble];
}
