import { html, type TemplateResult } from 'lit';
import type { CorrectionRecord } from '../../../cloud/contracts/correction.ts';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { numberWords, signedWords, sinceWords } from '../view/words.ts';

const MAX_SHOWN = 8;

export function correctionsCard(
  corrections: readonly CorrectionRecord[] | null,
  { store, zones }: SnapshotContent,
  nowMs: number,
): TemplateResult {
  return html`<section class="card" aria-labelledby="corrections-heading">
    <header><h2 id="corrections-heading">Corrections</h2></header>
    ${
      corrections === null
        ? html`<p class="q">Reading them</p>`
        : corrections.length === 0
          ? html`<p class="q">Nobody has put the count right so far.</p>`
          : html`<ul class="mini">
              ${corrections.slice(0, MAX_SHOWN).map((each) => {
                const zone = zones.find(({ id }) => id === each.zoneId)?.name;
                return html`<li>
                  <b class="tn">${signedWords(each.after - each.before)}</b>
                  <span>${whatWords(each)}${zone === undefined ? '' : `, ${zone}`}<small>${each.why === '' ? `was ${numberWords(each.before)}` : `${each.why}, was ${numberWords(each.before)}`}</small></span>
                  <span class="who">${each.by ?? 'Daily reset'}<small class="tn">${sinceWords(each.atMs, nowMs, store.timeZone)}</small></span>
                </li>`;
              })}
            </ul>`
    }
  </section>`;
}

function whatWords({ kind, people }: CorrectionRecord): string {
  if (kind === 'add') return people < 0 ? `Take off ${numberWords(-people)}` : `Add ${numberWords(people)}`;
  return kind === 'set' ? `Set to ${numberWords(people)}` : `Reset to ${numberWords(people)}`;
}
