import { html, nothing, type TemplateResult } from 'lit';
import { alertTypeSchema } from '../../../cloud/contracts/alert.ts';
import { icon } from '../elements/icon.ts';
import { fromAddress, oneFromAddress } from '../view/address.ts';
import { TYPE_WORDS } from '../view/alert-words.ts';
import { counted, spanWords } from '../view/words.ts';
import {
  type AlertFilter,
  type AlertRow,
  type AlertSort,
  SORTS,
  STANDING_WORDS,
  STANDINGS,
  type Standing,
} from './alert-rows.ts';

export const filterFromAddress = (): AlertFilter => ({
  standing: STANDINGS.find((standing) => standing === fromAddress('show')) ?? null,
  type: alertTypeSchema.options.find((type) => type === fromAddress('type')) ?? null,
  text: fromAddress('text'),
  sort: oneFromAddress('sort', SORTS),
});

const SORT_WORDS: Readonly<Record<AlertSort, string>> = {
  worst: 'Worst first',
  oldest: 'Oldest first',
  newest: 'Newest first',
  store: 'By store',
};
const LOOKS: Readonly<Record<Standing, string>> = {
  asks: 'hot',
  handled: 'seen',
  over: 'over',
  shelved: 'shelved',
};

type Keep = (changed: Readonly<Record<string, string>>) => void;

export function alertsHead(
  rows: readonly AlertRow[],
  nowMs: number,
  acts: TemplateResult | typeof nothing,
): TemplateResult {
  const waiting = rows.filter(({ standing }) => standing === 'asks' || standing === 'over');
  const oldestMs = Math.min(...waiting.map(({ alert }) => alert.sinceMs));
  const words =
    waiting.length === 0
      ? 'Nobody waits for an answer.'
      : `${counted(waiting.length, 'alert waits', 'alerts wait')} for an answer. The oldest has waited ${spanWords(nowMs - oldestMs)}.`;
  return html`<header class="head"><div><h1 tabindex="-1">Alerts</h1><p class="under">${words}</p></div>${acts}</header>`;
}

/** The count of each is the filter for it. */
export function alertsFilter(rows: readonly AlertRow[], filter: AlertFilter, keep: Keep): TemplateResult {
  const count = (standing: Standing) => rows.filter((row) => row.standing === standing).length;
  const types = alertTypeSchema.options.filter(
    (type) => type === filter.type || rows.some(({ alert }) => alert.type === type),
  );
  return html`<div class="sum" role="group" aria-label="Alerts by standing">
      <button class="chip" type="button" aria-pressed=${filter.standing === null} @click=${() => keep({ show: '' })}>
        <b>${rows.length}</b> ${rows.length === 1 ? 'alert' : 'alerts'}</button>
      ${STANDINGS.map((standing) => {
        const isOn = filter.standing === standing;
        if (count(standing) === 0 && !isOn) return nothing;
        return html`<button class="chip al-${LOOKS[standing]}" type="button" aria-pressed=${isOn}
          @click=${() => keep({ show: isOn ? '' : standing })}><i class="m"></i><b>${count(standing)}</b> ${STANDING_WORDS[standing].chip}</button>`;
      })}
    </div>
    <div class="filters">
      <label class="field">${icon('search')}<span class="unseen">Filter alerts</span>
        <input type="search" placeholder="Filter by store, sign or words" .value=${filter.text}
          @input=${(event: Event) => keep({ text: (event.target as HTMLInputElement).value })} /><kbd aria-hidden="true">/</kbd></label>
      <label class="pick"><span class="unseen">Kind</span><select class="in" @change=${(event: Event) => keep({ type: (event.target as HTMLSelectElement).value })}>
        <option value="">All kinds</option>
        ${types.map((type) => html`<option value=${type} ?selected=${type === filter.type}>${TYPE_WORDS[type]}</option>`)}
      </select></label>
      <label class="pick"><span class="unseen">Order</span><select class="in" @change=${(event: Event) => keep({ sort: (event.target as HTMLSelectElement).value })}>
        ${SORTS.map((sort) => html`<option value=${sort} ?selected=${sort === filter.sort}>${SORT_WORDS[sort]}</option>`)}
      </select></label>
    </div>`;
}
