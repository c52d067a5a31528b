import { html, type TemplateResult } from 'lit';
import { type KnownStores, placeWords } from './places.ts';

/** The groups a sign can be given to, as options of a select, by name. */
export const groupOptions = (known: KnownStores, chosen?: string | null): readonly TemplateResult[] =>
  (known?.storeGroups ?? [])
    .map(({ storeGroupId }) => ({ storeGroupId, words: placeWords(known, storeGroupId) }))
    .toSorted((a, b) => a.words.localeCompare(b.words, 'en'))
    .map(
      ({ storeGroupId, words }) =>
        html`<option value=${storeGroupId} ?selected=${storeGroupId === chosen}>${words}</option>`,
    );
