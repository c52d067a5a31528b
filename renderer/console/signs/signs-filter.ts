import { html, nothing, type TemplateResult } from 'lit';
import type { ListedSign, SignState } from '../../../cloud/contracts/fleet.ts';
import { icon } from '../elements/icon.ts';
import { fromAddress, oneFromAddress } from '../view/address.ts';
import {
  countsByState,
  GROUPINGS,
  type Grouping,
  type SignFilter,
  type SignSort,
  SORTS,
} from './sign-list.ts';
import { STATE_WORDS, STATES_WORST_FIRST } from './sign-words.ts';

const SORT_WORDS: Readonly<Record<SignSort, string>> = {
  worst: 'Worst first',
  name: 'By name',
  place: 'By group',
  heard: 'Longest silent first',
};
const GROUPING_WORDS: Readonly<Record<Grouping, string>> = {
  none: 'Not grouped',
  place: 'Grouped by place',
  state: 'Grouped by state',
  cause: 'Grouped by cause',
  board: 'Grouped by board',
  version: 'Grouped by version',
};

export const signFilterFromAddress = (): Required<SignFilter> => ({
  text: fromAddress('text'),
  state: STATES_WORST_FIRST.find((state) => state === fromAddress('state')) ?? null,
  sort: oneFromAddress('sort', SORTS),
  by: oneFromAddress('by', GROUPINGS),
});

type Keep = (changed: Readonly<Record<string, string>>) => void;

/** The count of each state is the filter for it. */
export function signsFilter(
  fleet: readonly ListedSign[],
  filter: Required<SignFilter>,
  keep: Keep,
): TemplateResult {
  const counts = countsByState(fleet);
  const placed = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const chip = (what: SignState | null, content: TemplateResult) =>
    html`<button class="chip" type="button" aria-pressed=${filter.state === what}
      @click=${() => keep({ state: filter.state === what ? '' : (what ?? '') })}>${content}</button>`;
  const chosen = (event: Event) => (event.target as HTMLSelectElement).value;
  return html`<div class="sum" role="group" aria-label="Show only">
      ${chip(null, html`<b>${placed}</b> ${placed === 1 ? 'sign' : 'signs'}`)}
      ${STATES_WORST_FIRST.map((what) =>
        counts[what] === 0 && filter.state !== what
          ? nothing
          : chip(
              what,
              html`<v-sign-state .state=${what} bare></v-sign-state><b>${counts[what]}</b> ${STATE_WORDS[what].toLowerCase()}`,
            ),
      )}
    </div>
    <div class="filters">
      <label class="field">${icon('search')}<span class="unseen">Filter signs</span>
        <input type="search" placeholder="Filter by name, store, cause or version" .value=${filter.text}
          @input=${(event: Event) => keep({ text: (event.target as HTMLInputElement).value })}>
        <kbd aria-hidden="true">/</kbd></label>
      <label class="pick"><span class="unseen">Order</span><select class="in" @change=${(event: Event) => keep({ sort: chosen(event) })}>
        ${SORTS.map((sort) => html`<option value=${sort} ?selected=${sort === filter.sort}>${SORT_WORDS[sort]}</option>`)}
      </select></label>
      <label class="pick"><span class="unseen">Group by</span><select class="in" @change=${(event: Event) => keep({ by: chosen(event) })}>
        ${GROUPINGS.map((by) => html`<option value=${by} ?selected=${by === filter.by}>${GROUPING_WORDS[by]}</option>`)}
      </select></label>
    </div>`;
}
