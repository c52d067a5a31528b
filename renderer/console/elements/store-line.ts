import { html, nothing, type TemplateResult } from 'lit';
import { customProperties } from '../../design/custom-properties.ts';
import type { Live } from '../live/live.ts';
import { PATHS } from '../view/router.ts';
import { isLive, type SignsSum, type StoreRow } from '../view/store-row.ts';
import { clockWords, numberWords } from '../view/words.ts';
import { spark } from './spark.ts';
import type { AgeLook, VAge } from './v-age.ts';
import './v-age.ts';
import './v-sign-state.ts';
import { STATE_LOOKS } from './v-state.ts';

/** A store as a row of the overview. */
export function storeLine(row: StoreRow, live: Live): TemplateResult {
  const { state, content, storeId, name, alert } = row;
  return html`<tr class="r-${STATE_LOOKS[state].tone}" data-store=${storeId}>
    <td class="c-state"><v-state .state=${state}></v-state></td>
    <th scope="row" class="c-name"><a href=${PATHS.store(storeId)}>${name}</a><small>${whereWords(row, live)}</small></th>
    <td class="c-in">${figure(row)}</td>
    <td class="c-may num">${mayEnter(row)}</td>
    <td class="c-age">${age(row, live)}</td>
    <td class="c-spark">${spark(content)}</td>
    <td class="c-al">
      ${
        alert === null
          ? nothing
          : html`<div class="al al-${alert.look}"><i class="m"></i><span>${alert.words}${alert.by === null ? nothing : html`<small>${alert.by}</small>`}</span></div>`
      }
    </td>
    <td class="c-signs">${signsCell(row.signs)}</td>
  </tr>`;
}

/** A number that nobody vouches for is small and grey. */
export function figure({ state, freshness, content: { count, limits } }: StoreRow): TemplateResult {
  if (state === 'unknown' || !isLive(freshness)) {
    return html`<div class="fig was"><i>was</i> ${numberWords(count)} / ${numberWords(limits.hard)}</div>`;
  }
  const share = Math.min(100, (count / limits.hard) * 100);
  return html`<div class="fig"><b>${numberWords(count)}</b><em>/ ${numberWords(limits.hard)}</em></div>
    <span class="bar" aria-hidden="true"><i ${customProperties({ '--share': `${share}%` })}></i></span>`;
}

const mayEnter = ({ state, content }: StoreRow): TemplateResult | typeof nothing =>
  state === 'closed'
    ? nothing
    : state === 'unknown'
      ? html`<span class="q">not known</span>`
      : html`<b>${numberWords(content.mayEnter)}</b>`;

const AGE_LOOKS = {
  live: 'live',
  ageing: 'ageing',
  stale: 'stale',
  unknown: 'stale',
} as const satisfies Record<StoreRow['freshness'], AgeLook>;

export const age = ({ trueAtMs, freshness }: StoreRow, live: Live): TemplateResult =>
  html`<v-age .atMs=${trueAtMs} .clockOffsetMs=${live.clockOffsetMs} .look=${AGE_LOOKS[freshness] as VAge['look']} .never=${'never counted'}></v-age>`;

/** The groups that show it, and its own clock where that is not the reader's. */
function whereWords({ storeGroups, storeId, content }: StoreRow, live: Live): string {
  const groups = storeGroups.filter((group) => group !== storeId);
  const nowMs = live.serverNowMs();
  const there = clockWords(nowMs, content.store.timeZone);
  return [...groups, ...(there === clockWords(nowMs) ? [] : [`${there} there`])].join(' \u00b7 ');
}

const WORST_WORDS = {
  dark: 'dark',
  stale: 'stale',
  still: 'offline, showing',
  unknown: 'unknown',
  fresh: 'fresh',
};

function signsCell({ total, fresh, worst }: SignsSum): TemplateResult | typeof nothing {
  if (total === 0) return nothing;
  return html`<span class="signs ${worst === null ? '' : 'bad'}"
    ><b>${fresh}/${total}</b>${
      worst === null
        ? nothing
        : html`<v-sign-state bare .state=${worst.state}></v-sign-state><i>${worst.count} ${WORST_WORDS[worst.state]}</i>`
    }</span
  >`;
}
