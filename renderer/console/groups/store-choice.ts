import { html, type TemplateResult } from 'lit';
import type { Live } from '../live/live.ts';

/** The stores that this person may see, to be ticked; a form reads them as `store`. */
export function storeChoice(live: Live, chosen: ReadonlySet<string>, legend: string): TemplateResult {
  const stores = (live.overview?.stores ?? [])
    .map(({ snapshot }) => snapshot.content.store)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return html`<fieldset class="choice"><legend>${legend}</legend>
    <div>${stores.map(
      ({ id, name }) =>
        html`<label class="tick"><input type="checkbox" name="store" value=${id} ?checked=${chosen.has(id)}><span>${name}</span></label>`,
    )}</div>
  </fieldset>`;
}
