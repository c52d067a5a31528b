import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ListedMessage, MessageReceipts } from '../../../cloud/contracts/message.ts';
import type { Live } from '../live/live.ts';
import { searchWith } from '../view/address.ts';
import { PATHS } from '../view/router.ts';
import { sinceWords } from '../view/words.ts';
import { prioritySketch } from './message-glass.ts';
import { messageReceipts } from './message-receipts.ts';
import {
  AUDIENCE_WORDS,
  endTimeWords,
  endWords,
  isInForce,
  mayTakeBack,
  PRIORITY_WORDS,
  paintedWords,
  scopeWords,
} from './message-words.ts';

const COLUMNS = ['Words', 'Where', 'Sent', 'Ends', 'Painted'] as const;

export type ListOptions = {
  readonly live: Live;
  readonly nowMs: number;
  readonly openId: string;
  readonly receipts: MessageReceipts | undefined;
  readonly onTakeBack: (message: ListedMessage) => void;
};

/** Those that stand on signs, then those that did. */
export function messageList(messages: readonly ListedMessage[], options: ListOptions): TemplateResult {
  const { nowMs } = options;
  const standing = messages.filter((message) => isInForce(message, nowMs));
  const past = messages.filter((message) => !isInForce(message, nowMs));
  return html`<table class="list messages-t">
    <caption class="unseen">Messages to signs</caption>
    <thead><tr><th class="c-look"><span class="unseen">How much of the glass</span></th>${COLUMNS.map((word) => html`<th scope="col" class="c-${word.toLowerCase()}">${word}</th>`)}<th class="c-act"><span class="unseen">Acts</span></th></tr></thead>
    ${section('On the signs now', standing, options)}
    ${section('Over', past, options)}
  </table>`;
}

function section(
  heading: string,
  messages: readonly ListedMessage[],
  options: ListOptions,
): TemplateResult | typeof nothing {
  if (messages.length === 0) return nothing;
  return html`<tbody>
    <tr class="sec"><th scope="colgroup" colspan=${COLUMNS.length + 2}>${heading} <b>${messages.length}</b></th></tr>
    ${repeat(
      messages,
      ({ messageId }) => messageId,
      (message) => row(message, options),
    )}
  </tbody>`;
}

function row(message: ListedMessage, options: ListOptions): TemplateResult {
  const { live, nowMs, openId, receipts, onTakeBack } = options;
  const { messageId, text, secondText, priority, audience, drill, by, sentAtMs } = message;
  const isOpen = openId === messageId;
  const stands = isInForce(message, nowMs);
  const isDue = stands && message.painted < message.meant;
  return html`<tr class="mrow ${stands ? '' : 'm-past'} ${isOpen ? 'on' : ''}" data-message=${messageId}>
      <td class="c-look">${prioritySketch(priority)}<span class="unseen">${PRIORITY_WORDS[priority].name}</span></td>
      <th scope="row" class="c-words"><a href=${PATHS.messages + searchWith({ open: isOpen ? '' : messageId })} aria-expanded=${isOpen} dir="auto">${text}</a>
        ${drill || secondText !== null ? html`<small dir="auto">${drill ? html`<b class="m-drill">Drill</b> ` : nothing}${secondText ?? ''}</small>` : nothing}</th>
      <td class="c-where">${scopeWords(message, live.overview)}<small>${AUDIENCE_WORDS[audience].name.toLowerCase()}, ${PRIORITY_WORDS[priority].name.toLowerCase()}</small></td>
      <td class="c-sent"><span class="tn">${sinceWords(sentAtMs, nowMs)}</span><small>${by}</small></td>
      <td class="c-ends"><span class="tn">${endWords(message, nowMs)}</span><small class="tn">${endTimeWords(message, nowMs)}</small></td>
      <td class="c-painted ${isDue ? 'm-due' : ''}">${paintedWords(message)}</td>
      <td class="c-act">${
        stands && mayTakeBack(message, live.person, live.overview)
          ? html`<button class="btn small-btn" type="button" @click=${() => onTakeBack(message)}>Take back<span class="unseen">: ${text}</span></button>`
          : nothing
      }</td>
    </tr>
    ${
      isOpen
        ? html`<tr class="a-open m-open" data-of=${messageId}><td colspan=${COLUMNS.length + 2}>${messageReceipts(receipts, message, nowMs)}</td></tr>`
        : nothing
    }`;
}
