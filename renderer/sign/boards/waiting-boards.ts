import { html, nothing, type TemplateResult } from 'lit';
import type { FeedState } from '../../../cloud/contracts/feed.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import './identify-sheet.ts';
import './pairing-board.ts';
import './plain-board.ts';

/** Until there is a store to show: what the sign waits for, in plain words. */
export function startingBoard(problem: string | null, strings: GlassStrings): TemplateResult {
  return problem === null
    ? html`<plain-board .heading=${strings.starting.title} .detail=${strings.starting.detail}></plain-board>`
    : html`<plain-board unknown .heading=${strings.cannotReach} .detail=${problem} .foot=${strings.tryingAgain}></plain-board>`;
}

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
