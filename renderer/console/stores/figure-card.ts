import { html, nothing, type TemplateResult } from 'lit';
import { customProperties } from '../../design/custom-properties.ts';
import { age } from '../elements/store-line.ts';
import '../elements/v-state.ts';
import { STATE_LOOKS } from '../elements/v-state.ts';
import type { Live } from '../live/live.ts';
import { openingWords } from '../view/opening-words.ts';
import { isLive, type StoreRow } from '../view/store-row.ts';
import { clockWords, counted, numberWords, signedWords } from '../view/words.ts';

/** What people changed today: how often, and by how many. */
export type Corrected = { readonly times: number; readonly people: number };

/** The store's figure as its signs say it. */
export function figureCard(row: StoreRow, live: Live, corrected: Corrected): TemplateResult {
  const { state, content } = row;
  const { count, limits, mayEnter, today, store, margin } = content;
  const isKnown = state !== 'unknown' && isLive(row.freshness);
  const isClosed = state === 'closed';
  return html`<section class="card live-fig r-${STATE_LOOKS[state].tone}" aria-label="Inside now">
    <p class="figure-state"><v-state .state=${state}></v-state>${age(row, live)}</p>
    <p class="hero ${isKnown ? '' : 'was'}"><b>${numberWords(count)}</b><span>${isKnown ? 'inside' : 'was the last figure'}<br />of ${numberWords(limits.hard)}</span></p>
    <div class="herobar" aria-hidden="true" ${customProperties({ '--share': share(count, limits.hard), '--soft': share(limits.soft, limits.hard) })}>
      <i ?hidden=${!isKnown}></i><u></u>
    </div>
    <p class="may">${isClosed ? openingWords(content, live.serverNowMs()) || 'Closed' : isKnown ? html`<b>${numberWords(mayEnter)}</b> more may enter` : 'How many may enter is not known'}</p>
    ${row.signs.total === 0 ? nothing : html`<p class="onglass">${signsWords(row)}</p>`}
    <dl class="sums">
      ${
        corrected.times === 0 || !isKnown
          ? nothing
          : html`<div><dt>As counted</dt><dd>${numberWords(Math.max(0, count - corrected.people))}</dd></div>
            <div><dt>${counted(corrected.times, 'correction')} today</dt><dd>${signedWords(corrected.people)}</dd></div>`
      }
      <div><dt>Came in today</dt><dd>${numberWords(today.in)}</dd></div>
      <div><dt>Went out today</dt><dd>${numberWords(today.out)}</dd></div>
      ${
        today.peak === null
          ? nothing
          : html`<div><dt>Most, at ${clockWords(today.peak.atMs, store.timeZone)}</dt><dd>${numberWords(today.peak.count)}</dd></div>`
      }
      ${margin === 0 ? nothing : html`<div><dt>May be off by</dt><dd>\u00b1${numberWords(margin)}</dd></div>`}
    </dl>
  </section>`;
}

const share = (part: number, whole: number): string => `${Math.min(100, Math.max(0, (part / whole) * 100))}%`;

function signsWords({ signs: { total, fresh } }: StoreRow): string {
  if (fresh === total) return total === 1 ? 'The sign shows this' : `All ${total} signs show this`;
  return `${fresh} of ${counted(total, 'sign')} ${fresh === 1 ? 'shows' : 'show'} this`;
}
