import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { MessagePriority } from '../../../cloud/contracts/message.ts';
import { customProperties } from '../../design/custom-properties.ts';
import { shape } from '../../design/shape.ts';
import { numberWords } from '../view/words.ts';
import { lettersSize } from './letters-size.ts';

export type GlassMessage = {
  readonly text: string;
  readonly secondText: string;
  readonly priority: MessagePriority;
  readonly drill: boolean;
  /** `15:30`; empty while it is not known. */
  readonly until: string;
};

/** The store that stands on the glass beside it. */
export type GlassStore = { readonly name: string; readonly count: number | null; readonly hard: number };

/** About what a sign will draw, small: how much of the glass the message takes, and how large its words can be. */
export function messageGlass(message: GlassMessage, store: GlassStore): TemplateResult {
  const { priority, drill, text, secondText, until } = message;
  const size = lettersSize(text === '' ? EMPTY : text, secondText, ROOMS[priority]);
  return html`<div class="mglass mg-${priority} ${drill ? 'mg-drill' : ''}" role="img" aria-label=${spoken(message)}>
    ${priority === 'alarm' ? nothing : figure(store)}
    <div class="mg-message" ${customProperties({ '--letters': `${size}cqw` })}>
      ${priority === 'note' ? shape('note') : nothing}
      <p class="mg-top">${priority === 'warn' ? shape('triangle') : nothing}${
        drill ? html`<b>Drill</b>` : priority === 'alarm' ? shape('octagon') : nothing
      }<span>${until === '' ? '' : `until ${until}`}</span></p>
      <p class="mg-words ${text === '' ? 'mg-empty' : ''}" dir="auto">${text === '' ? EMPTY : text}</p>
      ${secondText === '' ? nothing : html`<p class="mg-second" dir="auto">${secondText}</p>`}
      ${priority === 'alarm' ? html`<p class="mg-foot">${store.count === null ? 'No live count' : html`<b>${numberWords(store.count)}</b> inside`}</p>` : nothing}
    </div>
  </div>`;
}

const EMPTY = 'Your words stand here';

const figure = ({ name, count, hard }: GlassStore): TemplateResult => html`<div class="mg-store">
  <p>${name}</p>
  <p class="mg-figure"><b>${count === null ? '?' : numberWords(count)}</b><span>of ${numberWords(hard)}</span></p>
  <svg class="mg-day" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true"><path d="M0 15 12 12 20 7 28 8 36 4 44 6 52 5 62 9"/><path class="mg-limit" d="M0 1H100"/></svg>
</div>`;

const spoken = ({ priority, drill, text, secondText }: GlassMessage): string =>
  `${drill ? 'Drill. ' : ''}${LOOK_WORDS[priority]}: ${text === '' ? 'no words yet' : text}${secondText === '' ? '' : `, ${secondText}`}`;

const LOOK_WORDS: Readonly<Record<MessagePriority, string>> = {
  note: 'A strip on the glass',
  warn: 'A column on the glass',
  alarm: 'Nearly the whole glass',
};

/** Room for the words, in hundredths of the glass's width, and the largest letters that look right in it. */
const ROOMS: Readonly<Record<MessagePriority, { width: number; height: number; largest: number }>> = {
  note: { width: 62, height: 11, largest: 4.6 },
  warn: { width: 28, height: 24, largest: 6 },
  alarm: { width: 86, height: 30, largest: 11 },
};

/** How much of the glass each takes, without words. */
export const prioritySketch = (priority: MessagePriority): TemplateResult =>
  html`<svg class="glass mg-sketch" viewBox="0 0 160 90" aria-hidden="true">
    <rect class="mgs-ground" width="160" height="90"></rect>${SKETCHES[priority]}
  </svg>`;

const FIGURE = svg`<path class="mgs-ink" d="M12 20h14v38H12zM32 20h26v38H32z"/>`;
const SKETCHES: Readonly<Record<MessagePriority, SVGTemplateResult>> = {
  note: svg`${FIGURE}<path class="mgs-calm" d="M70 26h36v6H70zM70 42h26v6H70z"/>
    <rect class="mgs-note" y="68" width="160" height="22"></rect><path class="mgs-ink" d="M12 76h92v6H12z"/>`,
  warn: svg`${FIGURE}<path class="mgs-calm" d="M66 26h22v6H66zM66 42h16v6H66z"/>
    <rect class="mgs-warn" x="100" width="60" height="64"></rect><path class="mgs-dark" d="M108 14h40v7h-40zM108 28h32v7h-32zM108 42h36v7h-36z"/>`,
  alarm: svg`<rect class="mgs-alarm" width="160" height="90"></rect>
    <path class="mgs-light" d="M12 16h124v13H12zM12 37h100v13H12z"/><path class="mgs-light" d="M12 72h26v7H12zM44 74h92v3H44z"/>`,
};
