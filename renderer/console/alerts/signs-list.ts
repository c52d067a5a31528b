import { html, nothing, type TemplateResult } from 'lit';
import type { AlertPainted } from '../../../cloud/contracts/alert.ts';
import { PATHS } from '../view/router.ts';

/** Signs that painted something, each with when, or that did not, each with why; `none` where there are none. */
export const signsList = (
  heading: string,
  signs: readonly AlertPainted[],
  at: (atMs: number) => string,
  none: string,
): TemplateResult => html`<section>
  <h3>${heading} <b>${signs.length}</b></h3>
  ${signs.length === 0 ? html`<p class="q">${none}</p>` : nothing}
  <ul>${signs.map(
    ({ signId, name, paintedAtMs, why }) => html`<li>
      ${paintedAtMs === null ? nothing : html`<span class="tn">${at(paintedAtMs)}</span>`}
      <a class="under-line" href=${PATHS.sign(signId)}>${name}</a>${why === '' ? nothing : html`<small>${why}</small>`}
    </li>`,
  )}</ul>
</section>`;
