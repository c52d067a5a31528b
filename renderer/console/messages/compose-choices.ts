import { html, type TemplateResult } from 'lit';
import type { Fleet } from '../../../cloud/contracts/fleet.ts';
import {
  type MessageAudience,
  type MessagePriority,
  messageAudienceSchema,
  messagePrioritySchema,
} from '../../../cloud/contracts/message.ts';
import { type KnownStores, placeWords, storesOfGroup } from '../signs/places.ts';
import { counted } from '../view/words.ts';
import { prioritySketch } from './message-glass.ts';
import { AUDIENCE_WORDS, PRIORITY_WORDS } from './message-words.ts';

export const priorityCards = (
  chosen: MessagePriority,
  choose: (priority: MessagePriority) => void,
): TemplateResult => html`<fieldset class="mcards">
  <legend>How much of the glass it takes</legend>
  ${messagePrioritySchema.options.map(
    (priority) => html`<label class="bcard">
      ${prioritySketch(priority)}
      <span><b>${PRIORITY_WORDS[priority].name}</b><small>${PRIORITY_WORDS[priority].what}</small></span>
      <input type="radio" name="priority" value=${priority} .checked=${chosen === priority} @change=${() => choose(priority)} />
    </label>`,
  )}
</fieldset>`;

export const audienceCards = (
  chosen: MessageAudience,
  choose: (audience: MessageAudience) => void,
): TemplateResult => html`<fieldset class="mcards mcards-2">
  <legend>Who reads it</legend>
  ${messageAudienceSchema.options.map(
    (audience) => html`<label class="bcard words-alone">
      <span><b>${AUDIENCE_WORDS[audience].name}</b><small>${AUDIENCE_WORDS[audience].what}</small></span>
      <input type="radio" name="audience" value=${audience} .checked=${chosen === audience} @change=${() => choose(audience)} />
    </label>`,
  )}
</fieldset>`;

type Groups = {
  readonly known: KnownStores;
  readonly fleet: Fleet | null;
  readonly chosen: ReadonlySet<string>;
  readonly choose: (storeGroupId: string, isChosen: boolean) => void;
};

/** The groups that this person may send to, with their stores and how many signs they have. */
export function groupTicks({ known, fleet, chosen, choose }: Groups): TemplateResult {
  const groups = (known?.storeGroups ?? [])
    .map(({ storeGroupId }) => ({ storeGroupId, name: placeWords(known, storeGroupId) }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  if (groups.length === 0) return html`<p class="q">There is no group whose stores are all yours.</p>`;
  const signsOf = (storeGroupId: string) =>
    (fleet?.signs ?? []).filter((sign) => sign.storeGroupId === storeGroupId && sign.revokedAtMs === null)
      .length;
  return html`<div class="group-ticks">${groups.map(({ storeGroupId, name }) => {
    const stores = storesOfGroup(known, storeGroupId).map(({ content }) => content.store.name);
    const names = stores.length > 1 ? `${stores.join(', ')}. ` : '';
    return html`<label class="tick"><input type="checkbox" name="group" value=${storeGroupId} .checked=${chosen.has(storeGroupId)}
      @change=${(event: Event) => choose(storeGroupId, (event.target as HTMLInputElement).checked)} />
      <span>${name}<small>${names}${counted(signsOf(storeGroupId), 'sign')}</small></span></label>`;
  })}</div>`;
}
