import { css, html, nothing, type TemplateResult } from 'lit';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import type { AnswerShown } from '../view/answer-offer.ts';
import { answerWords } from '../view/answer-words.ts';
import './answer-code.ts';

/** The code and the words beside it. Upright, the board that has them places each by itself. */
export const askStyles = css`
  .ask {
    flex: 1 1 0;
    min-height: 0;
    display: flex;
    align-items: stretch;
    gap: calc(1.5 * var(--u));
  }
  .ask answer-code {
    flex: none;
    width: calc(11.5 * var(--u));
  }
  /* For who stands within reach of the key, or with a phone in hand. */
  .press {
    min-width: 0;
    font-size: calc(0.75 * var(--t-small));
    font-weight: var(--w-strong);
    line-height: 1.3;
    text-wrap: balance;
  }
  .ask .press {
    flex: 1;
    align-self: center;
  }
  .ask:not(:has(answer-code)) {
    flex: none;
  }
  @container (orientation: portrait) {
    .ask {
      display: contents;
    }
    .ask answer-code {
      grid-area: 1 / 2 / 3 / 3;
      width: calc(10 * var(--u));
    }
    .ask .press {
      grid-area: 1 / 1;
      align-self: end;
    }
  }
`;

export const pressOf = (answering: AnswerShown, strings: GlassStrings): TemplateResult =>
  html`<p class="press" role="status" data-testid="answering">${answerWords(answering, strings)}</p>`;

/** `hasCode`: there is room for one. */
export function askOf(answering: AnswerShown, strings: GlassStrings, hasCode = true): TemplateResult {
  const { url } = answering;
  return html`<div class="ask">
    ${url === null || !hasCode ? nothing : html`<answer-code .url=${url} .label=${strings.answering.scan}></answer-code>`}
    ${pressOf(answering, strings)}
  </div>`;
}
