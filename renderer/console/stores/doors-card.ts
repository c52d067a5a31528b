import { html, nothing, type TemplateResult } from 'lit';
import type { Snapshot } from '../../../cloud/contracts/snapshot.ts';
import { customProperties } from '../../design/custom-properties.ts';
import '../elements/v-age.ts';
import { numberWords } from '../view/words.ts';

/** Zones with their counts, doors with their last word. */
export function doorsCard({ content, proof }: Snapshot, clockOffsetMs: number): TemplateResult {
  const { zones, doors } = content;
  const lastWord = (index: number): number | null => {
    const ageMs = proof.doorAgesMs[index] ?? null;
    return ageMs === null ? null : proof.sentAtMs - ageMs;
  };
  return html`<section class="card" aria-labelledby="doors-heading">
    <header><h2 id="doors-heading">${zones.length > 0 ? 'Zones and doors' : 'Doors'}</h2></header>
    ${
      zones.length === 0
        ? nothing
        : html`<ul class="zones">
            ${zones.map(
              ({ name, count, limits }) => html`<li class=${zoneTone(count, limits)}>
                <span>${name}</span>
                <span class="fig"><b>${numberWords(count)}</b>${limits === null ? nothing : html`<em>/ ${numberWords(limits.hard)}</em>`}</span>
                ${
                  limits === null
                    ? nothing
                    : html`<span class="bar" aria-hidden="true"
                        ><i ${customProperties({ '--share': `${Math.min(100, (count / limits.hard) * 100)}%` })}></i
                      ></span>`
                }
              </li>`,
            )}
          </ul>`
    }
    <ul class="doors">
      ${doors.map(
        ({ name, silent }, index) => html`<li class=${silent ? 'silent' : nothing}>
          <span>${name}</span>
          ${silent ? html`<em>silent</em>` : nothing}
          <v-age .atMs=${lastWord(index)} .clockOffsetMs=${clockOffsetMs} look=${silent ? 'stale' : 'live'} never="never heard"></v-age>
        </li>`,
      )}
    </ul>
  </section>`;
}

function zoneTone(count: number, limits: { readonly soft: number; readonly hard: number } | null): string {
  if (limits === null || count < limits.soft) return 'r-open';
  return count >= limits.hard ? 'r-full' : 'r-near';
}
