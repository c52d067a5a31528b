import { html, nothing, type TemplateResult } from 'lit';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { icon } from '../elements/icon.ts';
import { openingWords } from '../view/opening-words.ts';
import { PATHS } from '../view/router.ts';
import { clockWords } from '../view/words.ts';

type Headed = {
  readonly content: SnapshotContent;
  readonly storeGroups: readonly string[];
  readonly nowMs: number;
};

/** Which store it is, what its clock says, and whether it is open. */
export const storeHead = (
  { content, storeGroups, nowMs }: Headed,
  acts: TemplateResult | typeof nothing,
): TemplateResult => {
  const { store } = content;
  const opening = openingWords(content, nowMs);
  const groups = storeGroups.filter((group) => group !== store.id);
  return html`<header class="head">
    <p class="crumb"><a href=${PATHS.overview}>Stores</a>${icon('chevron')}</p>
    <div><h1 tabindex="-1">${store.name}</h1>
      <p class="under">${clockWords(nowMs, store.timeZone)} in ${store.timeZone.replaceAll('_', ' ')}.
        ${opening === '' ? nothing : `${opening}.`}
        ${groups.length === 0 ? nothing : `${groups.length === 1 ? 'Group' : 'Groups'} ${groups.join(', ')}.`}</p></div>
    ${acts}
  </header>`;
};

export const unknownStore = (): TemplateResult => html`<header class="head"><div>
  <h1 tabindex="-1">This store is not known</h1>
  <p class="under">It was removed, or you may not see it. <a class="under-line" href=${PATHS.overview}>Go to the overview</a></p>
</div></header>`;
