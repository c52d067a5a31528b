import { html, type TemplateResult } from 'lit';
import type { DriftReport } from '../../../cloud/contracts/history.ts';
import { signedWords } from '../view/words.ts';

const day = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' });

/** How the last nights balanced, and what that says about the doors. */
export function driftCard(nights: readonly DriftReport[] | null): TemplateResult {
  const counted = (nights ?? []).filter((night) => night.in > 0 || night.out > 0);
  const sentences = counted.find((night) => night.sentences.length > 0)?.sentences ?? [];
  return html`<section class="card" aria-labelledby="drift-heading">
    <header><h2 id="drift-heading">Drift</h2><span class="q">left inside at closing</span></header>
    ${
      nights === null
        ? html`<p class="q">Reading it</p>`
        : counted.length === 0
          ? html`<p class="q">No whole day was counted so far.</p>`
          : html`${
              sentences.length === 0
                ? html`<p>As many went out as came in.</p>`
                : sentences.map((sentence) => html`<p class="say">${sentence}</p>`)
            }
            <ul class="nights">
              ${counted.toReversed().map((night) => html`<li><b class="tn">${signedWords(night.left)}</b><small>${day.format(Date.parse(night.day))}</small></li>`)}
            </ul>`
    }
  </section>`;
}
