import { html, nothing, type TemplateResult } from 'lit';
import '../stores/shelve-alert.ts';
import { searchWith } from '../view/address.ts';
import { PATHS } from '../view/router.ts';
import { clockWords, dayClockWords, sinceWords, spanWords } from '../view/words.ts';
import { alertDetail } from './alert-detail.ts';
import type { AlertRow, Standing } from './alert-rows.ts';
import { paintedWords } from './record-words.ts';

const DAY_MS = 86_400_000;
const LOOKS: Readonly<Record<Standing, string>> = {
  asks: 'hot',
  handled: 'seen',
  over: 'over',
  shelved: 'shelved',
};
export const COLUMNS = ['What', 'Where', 'Since', 'On the glass', 'Acknowledged'] as const;

export type RowActs = {
  readonly nowMs: number;
  readonly isOpen: boolean;
  readonly by: string;
  /** Undefined: this person may only look. */
  readonly acts:
    | {
        readonly onAnswer: () => void;
        readonly onShelved: () => void;
        readonly onUnshelve: () => void;
      }
    | undefined;
};

/** One alert as a row, and below it all that is known of it where it is open. */
export function alertRow(row: AlertRow, { nowMs, isOpen, by, acts }: RowActs): TemplateResult {
  const { id, alert, content, standing, words } = row;
  const { timeZone, name, id: storeId } = content.store;
  return html`<tr class="al al-${LOOKS[standing]} ${isOpen ? 'on' : ''}" data-alert=${id}>
      <td class="c-mark"><i class="m"></i></td>
      <th scope="row" class="c-what"><a href=${PATHS.alerts + searchWith({ open: isOpen ? '' : id })} aria-expanded=${isOpen}>${words}</a></th>
      <td class="c-where"><a href=${PATHS.store(storeId)}>${name}</a></td>
      <td class="c-since tn">${sinceWords(alert.sinceMs, nowMs, timeZone)}<small>${spanWords(nowMs - alert.sinceMs)}</small></td>
      <td class="c-painted">${paintedWords(alert)}</td>
      <td class="c-ack">${acknowledgedCell(row, nowMs)}</td>
    </tr>
    ${
      isOpen
        ? html`<tr class="a-open" data-of=${id}><td colspan=${COLUMNS.length + 1}>
            ${alertDetail(row, nowMs)}
            ${acts === undefined ? nothing : actsOf(row, nowMs, by, acts)}
          </td></tr>`
        : nothing
    }`;
}

function actsOf(
  row: AlertRow,
  nowMs: number,
  by: string,
  acts: NonNullable<RowActs['acts']>,
): TemplateResult {
  const { alert, content, standing, words } = row;
  const { id, timeZone } = content.store;
  const asks = alert.acknowledged === null && standing !== 'shelved';
  const mayShelve = standing === 'asks' || standing === 'handled';
  return html`<div class="acts a-acts">
    ${
      asks
        ? html`<button class="btn go" type="button" @click=${acts.onAnswer}>Acknowledge</button>
      <span class="q">The signs show your name beside it.</span>`
        : nothing
    }
    ${
      mayShelve && alert.phase !== 'cleared'
        ? html`<shelve-alert .storeId=${id} .alert=${alert} .words=${words} .nowMs=${nowMs} .timeZone=${timeZone} .by=${by}
            @shelved=${acts.onShelved}></shelve-alert>`
        : nothing
    }
    ${standing === 'shelved' ? html`<button class="btn" type="button" @click=${acts.onUnshelve}>Ask again now</button>` : nothing}
  </div>`;
}

function acknowledgedCell({ alert, content }: AlertRow, nowMs: number): TemplateResult {
  const { acknowledged, shelved } = alert;
  const at = (atMs: number) =>
    Math.abs(nowMs - atMs) < DAY_MS / 2
      ? clockWords(atMs, content.store.timeZone)
      : dayClockWords(atMs, content.store.timeZone);
  if (shelved != null)
    return html`<span>shelved by ${shelved.by}<small>until ${at(shelved.untilMs)}${shelved.why === '' ? '' : `: ${shelved.why}`}</small></span>`;
  if (acknowledged === null) return html`<span class="q">nobody yet</span>`;
  return html`<span>${acknowledged.by}<small>${at(acknowledged.atMs)}</small></span>`;
}
