import type { Board, Heartbeat, SignSettings } from '../contracts/sign-report.ts';

/** What stands on its glass as it said last; as it is set where it has not said. */
export const boardOf = (sign: {
  readonly settings: Pick<SignSettings, 'board'>;
  readonly report: Heartbeat | null;
}): Board => sign.report?.painted?.board ?? sign.settings.board;
