import { html, nothing, type TemplateResult } from 'lit';
import type { FeedState, Trouble } from '../../../cloud/contracts/feed.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import './plain-board.ts';

/** Until there is a store to show: what the sign waits for, or what is wrong and what can be done. `nowMs`: as the device's clock is set. */
export function startingBoard(
  { problem, trouble }: { readonly problem: string | null; readonly trouble?: Trouble | undefined },
  nowMs: number,
  strings: GlassStrings,
): TemplateResult {
  if (problem === null)
    return html`<plain-board .heading=${strings.starting.title} .detail=${strings.starting.detail}></plain-board>`;
  const { tryingAgain } = strings;
  if (trouble === undefined)
    return html`<plain-board unknown .heading=${strings.cannotReach} .detail=${problem} .foot=${tryingAgain}></plain-board>`;
  // What the page itself lacks it says in its own language, and nothing is tried again.
  if (trouble === 'not-secure' || trouble === 'no-key') {
    const heading = trouble === 'no-key' ? strings.trouble.noKey : strings.trouble.notSecure;
    return html`<plain-board unknown .heading=${heading} .detail=${problem}></plain-board>`;
  }
  const { title, detail } = strings.trouble.of[trouble];
  const foot = DEPENDS_ON_CLOCK.has(trouble)
    ? strings.trouble.deviceSays(dateOf(nowMs, strings))
    : tryingAgain;
  return html`<plain-board unknown .heading=${title} .detail=${detail} .cause=${problem} .foot=${foot}></plain-board>`;
}

const DEPENDS_ON_CLOCK: ReadonlySet<Trouble> = new Set(['clock', 'expired']);

/** With its year: a device whose battery is empty wakes up in another one. */
const dateOf = (nowMs: number, { language }: GlassStrings): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }).format(
    nowMs,
  );

export const revokedBoard = ({ revoked }: GlassStrings): TemplateResult =>
  html`<plain-board unknown .heading=${revoked.title} .detail=${revoked.detail}></plain-board>`;

export const emptyBoard = ({ emptyGroup }: GlassStrings): TemplateResult =>
  html`<plain-board .heading=${emptyGroup.title} .detail=${emptyGroup.detail}></plain-board>`;

/** Without a code that still holds: which sign it is, and why there is none. */
export function unassignedBoard(
  { signId, link, offer }: Extract<FeedState, { kind: 'unassigned' }>,
  elapsedMs: number,
  strings: GlassStrings,
): TemplateResult {
  if (offer && elapsedMs < offer.endsInMs) {
    return html`<pairing-board .offer=${offer} .elapsedMs=${elapsedMs} .strings=${strings}></pairing-board>`;
  }
  const { title, detail } = strings.notAssigned;
  const why = link === 'down' ? strings.cannotReach : detail;
  return html`<plain-board .heading=${title} .detail=${why} .foot=${strings.thisSign} .signId=${signId}></plain-board>`;
}

export function identifySheet(state: FeedState): TemplateResult | typeof nothing {
  if (!isIdentified(state)) return nothing;
  const sign = 'sign' in state ? state.sign : null;
  return html`<identify-sheet .name=${sign?.name || sign?.fingerprint || '?'}></identify-sheet>`;
}

/** Somebody looks for this sign. */
export const isIdentified = (state: FeedState): boolean =>
  (state.kind === 'unassigned' || state.kind === 'following') && state.identify === true;
