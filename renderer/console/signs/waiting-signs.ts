import { html, nothing, type TemplateResult } from 'lit';
import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { Live } from '../live/live.ts';
import { PATHS } from '../view/router.ts';
import { nameOf } from './sign-words.ts';

/** Signs without a place: each shows its code on the glass until somebody types it. */
export function waitingSigns(
  waiting: readonly ListedSign[],
  live: Live,
  mayPair: boolean,
): TemplateResult | typeof nothing {
  if (waiting.length === 0) return nothing;
  return html`<section class="waiting card" aria-label="Waits for a place">
    <header>
      <h2>Waits for a place</h2>
      <p class="q">Read the code off the glass and compare the fingerprint.</p>
    </header>
    <ul>
      ${waiting.map(
        (sign) => html`<li>
          <b><a href=${PATHS.sign(sign.signId)}>${nameOf(sign)}</a></b>
          <span class="q">Fingerprint ${sign.fingerprint}</span>
          <v-age .atMs=${sign.heardAtMs} .clockOffsetMs=${live.clockOffsetMs} never="never reported"></v-age>
          ${mayPair ? html`<a class="btn" href=${PATHS.pair} aria-label="Pair it: ${nameOf(sign)}">Pair it</a>` : nothing}
        </li>`,
      )}
    </ul>
  </section>`;
}
