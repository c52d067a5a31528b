import { html, nothing, type TemplateResult } from 'lit';
import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { AgeLook } from '../elements/v-age.ts';
import '../elements/v-age.ts';
import '../elements/v-sign-state.ts';
import type { Live } from '../live/live.ts';
import { PATHS } from '../view/router.ts';
import { sinceWords, spanWords } from '../view/words.ts';
import { glassPicture } from './glass-picture.ts';
import { glassView } from './glass-view.ts';
import { placeWords } from './places.ts';
import { receiptOf } from './receipt.ts';
import { BOARD_WORDS, nameOf } from './sign-words.ts';

export type RowOptions = {
  readonly live: Live;
  readonly isOpen: boolean;
  readonly isChosen: boolean;
  /** Undefined: this person may only look. */
  readonly onChoose: ((chosen: boolean) => void) | undefined;
};

/** One sign of the list; on a phone three lines. */
export function signRow(sign: ListedSign, { live, isOpen, isChosen, onChoose }: RowOptions): TemplateResult {
  const nowMs = live.serverNowMs();
  const { state, stateSinceMs, settings, storeGroupId } = sign;
  const since = `since ${sinceWords(stateSinceMs, nowMs)}, ${spanWords(nowMs - stateSinceMs)}. ${sign.why}`;
  return html`<tr class="${isChosen ? 'picked' : ''} ${isOpen ? 'on' : ''}" data-sign=${sign.signId}>
    ${
      onChoose === undefined
        ? nothing
        : html`<td class="c-ck"><label class="ck"><input type="checkbox" .checked=${isChosen} aria-label="Select ${nameOf(sign)}"
            @change=${(event: Event) => onChoose((event.target as HTMLInputElement).checked)}></label></td>`
    }
    <td class="c-th">${glassView(glassPicture(sign, live.overview))}</td>
    <td class="c-name">
      <a href=${PATHS.sign(sign.signId) + location.search} aria-current=${isOpen ? 'true' : nothing}>${nameOf(sign)}</a>
      <small>${placeWords(live.overview, storeGroupId)}</small>
    </td>
    <td class="c-st"><v-sign-state .state=${state}></v-sign-state><small>${since}</small></td>
    <td class="c-bo">${BOARD_WORDS[settings.board].name}</td>
    <td class="c-pa">${paintedAge(sign, live)}</td>
    <td class="c-cm">${lastCommand(sign, nowMs)}</td>
  </tr>`;
}

const PAINTED_LOOKS: Readonly<Record<ListedSign['state'], AgeLook>> = {
  fresh: 'live',
  stale: 'ageing',
  still: 'ageing',
  dark: 'stale',
  unknown: 'stale',
};

/** When the sign last said what it painted. */
export function paintedAge({ report, heardAtMs, state }: ListedSign, live: Live): TemplateResult {
  const paintedAtMs = report?.painted == null ? null : heardAtMs;
  return html`<v-age .atMs=${paintedAtMs} .clockOffsetMs=${live.clockOffsetMs} .look=${PAINTED_LOOKS[state]}></v-age>`;
}

const MARKS = { waits: '◷', sent: '◌', received: '◌', done: '✓', failed: '✕' } as const;

function lastCommand(sign: ListedSign, nowMs: number): TemplateResult | typeof nothing {
  const [newest] = sign.commands;
  if (newest === undefined) return nothing;
  const { name, state, words } = receiptOf(newest, sign, nowMs);
  return html`<div class="cmd cmd-${state}"><i aria-hidden="true">${MARKS[state]}</i>
    <span><b>${name}</b><small>${words}</small></span></div>`;
}
