import { alertKeyOf, type SnapshotAlert } from '../../../cloud/contracts/alert.ts';
import type { FeedState } from '../../../cloud/contracts/feed.ts';
import type { AnswerAtSign, Board, SignSettings } from '../../../cloud/contracts/sign-report.ts';
import { alertsShown } from './drawn-alerts.ts';
import { storeView } from './store-view.ts';

export type Answering = NonNullable<SignSettings['answering']>;

/** The alert that whoever stands before the glass may answer. */
export type AnswerOffer = {
  readonly asked: AnswerAtSign;
  /** Where a phone answers it; null: no phone reaches the console. */
  readonly url: string | null;
  readonly here: boolean;
};

/** How an answer is offered, and what came of the last one. */
export type AnswerShown = Omit<AnswerOffer, 'asked'> & {
  readonly said: 'sending' | 'unreachable' | 'refused' | null;
};

type Chosen = { readonly board: Board; readonly answering: Answering };

/**
 * The worst one that says that nobody has answered it. Boards for customers and walls ask nobody, nor does a glass that
 * shows whose it is: what is asked lies below.
 */
export function answerOffer(
  state: FeedState,
  { board, answering }: Chosen,
  elapsedMs: number,
): AnswerOffer | null {
  if (state.kind !== 'following' || state.identify === true) return null;
  if (board !== 'manager' || answering === 'off') return null;
  const [first] = state.stores;
  if (first === undefined) return null;
  const here = answering === 'here';
  const { consoleUrl = null } = state;
  if (!here && consoleUrl === null) return null;
  const alert = alertsShown(first.content, storeView(first, elapsedMs), state.link).find(
    ({ acknowledgedBy, severity }) => acknowledgedBy === null && severity !== 'note',
  );
  if (alert === undefined) return null;
  const storeId = first.content.store.id;
  const url = consoleUrl === null ? null : answerUrl(consoleUrl, storeId, alert);
  return { asked: { storeId, alertKey: alertKeyOf(alert) }, url, here };
}

/** As short as it can be, for each letter makes the code finer. Raised anew, it is the same one to answer. */
function answerUrl(consoleUrl: string, storeId: string, { type, door, zone }: SnapshotAlert): string {
  const what = [storeId, type, door ?? zone ?? 'store'].map(encodeURIComponent).join('+');
  return `${consoleUrl.replace(/\/$/, '')}/alerts?answer=${what}`;
}
