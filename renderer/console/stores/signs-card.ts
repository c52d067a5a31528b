import { html, type TemplateResult } from 'lit';
import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import '../elements/v-age.ts';
import '../elements/v-sign-state.ts';
import { nameOf } from '../signs/sign-words.ts';
import { PATHS } from '../view/router.ts';

/** The signs that show the store. */
export function signsCard(signs: readonly ListedSign[], clockOffsetMs: number): TemplateResult {
  return html`<section class="card" aria-labelledby="signs-heading">
    <header><h2 id="signs-heading">Signs</h2><a class="more under-line" href=${PATHS.pair}>Pair a sign</a></header>
    ${
      signs.length === 0
        ? html`<p class="q">No sign shows this store.</p>`
        : html`<ul class="signlist">
            ${signs.map(
              (sign) => html`<li>
                <a class="under-line" href=${PATHS.sign(sign.signId)}>${nameOf(sign)}</a>
                <v-sign-state .state=${sign.state}></v-sign-state>
                <v-age .atMs=${sign.heardAtMs} .clockOffsetMs=${clockOffsetMs} never="never heard"></v-age>
              </li>`,
            )}
          </ul>`
    }
  </section>`;
}
