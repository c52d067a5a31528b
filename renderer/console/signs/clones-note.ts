import { html, nothing, type TemplateResult } from 'lit';
import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import { cloneWords } from './clone-words.ts';

/** That a disk was copied, which devices there are, and what to do. */
export function clonesNote({ clones = [] }: ListedSign, nowMs: number): TemplateResult | typeof nothing {
  if (clones.length === 0) return nothing;
  const others = clones.length === 1 ? 'Another device reports' : `${clones.length} other devices report`;
  return html`<section class="clones" aria-label="Devices with one key">
    <h3>${others} with the key of this sign</h3>
    <ul>${clones.map((clone) => html`<li>${cloneWords(clone, nowMs)}</li>`)}</ul>
    <p class="q">A disk was copied, and what is said of this sign may be said by any of them. Clear the data of the copy and
      pair the copy anew: it then gets a key and a row of its own. Which one is the copy? Identify shows the name on each.</p>
  </section>`;
}
