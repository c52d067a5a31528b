import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Trouble } from '../../../cloud/contracts/feed.ts';
import type { Snapshot, SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type } from '../../design/type.ts';
import { answerToOver, overAlert } from '../view/alert-rows.ts';
import type { AnswerShown } from '../view/answer-offer.ts';
import { attentionOf } from '../view/attention.ts';
import { type Closed, closedAt } from '../view/closing.ts';
import { countWords } from '../view/count-words.ts';
import { letterWidths } from '../view/letter-widths.ts';
import { type LocalTime, localTime } from '../view/local-time.ts';
import { isLive, rememberedView, type StoreView, storeView } from '../view/store-view.ts';
import { askOf } from './answer-ask.ts';
import { managerStyles } from './manager-styles.ts';
import './alarm-panel.ts';
import './attention-list.ts';
import './day-curve.ts';
import './door-stand.ts';
import './flow-today.ts';
import './state-panel.ts';
import './store-count.ts';

/** Names longer than this are set a step smaller, upright or always. */
const NAME_LETTERS = { portrait: 13, landscape: 29 };

/** One store for the people who run it. The left column never moves; an alarm takes the other one. */
@customElement('manager-board')
export class ManagerBoard extends LitElement {
  static override styles = [type, managerStyles];

  @property({ attribute: false }) snapshot: Snapshot | null = null;
  /** From before the sign started; its proof says nothing then. */
  @property({ type: Boolean }) remembered = false;
  /** Since the snapshot was received. */
  @property({ type: Number }) elapsedMs = 0;
  /** Unix ms: now, and when the count was true, both as the sign's clock is set. */
  @property({ type: Number }) nowMs = 0;
  @property({ type: Number }) heardAtMs = 0;
  @property() link: 'up' | 'down' = 'up';
  /** Why there is none, where that is known. */
  @property({ attribute: false }) trouble: Trouble | undefined;
  /** Cloud's time; null before it is known. */
  @property({ type: Number }) cloudNowMs: number | null = null;
  /** A small line, where at most one thing needs attention. */
  @property() note = '';
  /** A message stands where an alarm would; the light content is it. */
  @property({ type: Boolean, reflect: true }) told = false;
  /** How an answer is offered to what is shown; null: it is not. */
  @property({ attribute: false }) answering: AnswerShown | null = null;
  @property({ attribute: false }) strings: GlassStrings = english;

  #time: LocalTime = localTime('en', 'UTC');

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (!changed.has('snapshot') && !changed.has('strings')) return;
    this.#time = localTime(this.strings.language, this.snapshot?.content.store.timeZone ?? 'UTC');
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.snapshot === null) return nothing;
    const { snapshot, strings } = this;
    const { store } = snapshot.content;
    const view = this.remembered ? rememberedView(snapshot.content) : storeView(snapshot, this.elapsedMs);
    const isClosed = view.state !== 'over' && this.#closed(snapshot.content) !== null;
    const state = isClosed ? 'closed' : view.state;
    return html`<h1 class="name short ${nameLength(store.name)}" dir="auto">${store.name}</h1>
      <p class="when ${view.state === 'over' ? 'on-alarm' : ''}">${this.#time.dateAndTime(this.nowMs)}</p>
      <p class="spoken" role="status" aria-live="polite">${strings.states[state]}</p>
      ${this.#left(snapshot, view)} ${this.#right(snapshot, view)}`;
  }

  #left({ content }: Snapshot, view: StoreView): TemplateResult {
    const { strings, nowMs, heardAtMs } = this;
    const moments = { heardAtMs, nowMs, time: this.#time };
    return html`<store-count .words=${countWords(content, view, { ...moments, closed: this.#closed(content) !== null }, strings)}></store-count>
      <door-stand .doors=${view.doors} .stale=${!isLive(view.freshness)} .strings=${strings}></door-stand>
      <day-curve
        .today=${content.today}
        .count=${content.count}
        .limit=${content.limits.hard}
        .heardAtMs=${heardAtMs}
        .time=${this.#time}
        .stale=${!isLive(view.freshness)}
        .strings=${strings}
      ></day-curve>`;
  }

  #right({ content }: Snapshot, view: StoreView): TemplateResult {
    const { strings, link, trouble, nowMs } = this;
    const { count, today } = content;
    const limit = content.limits.hard;
    const input = {
      content,
      view,
      link,
      trouble,
      nowMs,
      cloudNowMs: this.cloudNowMs,
      time: this.#time,
      strings,
    };
    const { items, more } = attentionOf(input);
    const closed = this.#closed(content);
    if (view.state === 'over') {
      return html`<alarm-panel
        .count=${count}
        .limit=${limit}
        .answer=${answerToOver(input) ?? ''}
        .asked=${overAlert(content) ?? null}
        .items=${items}
        .more=${more}
        .answering=${this.answering}
        .strings=${strings}
      ></alarm-panel>`;
    }
    const isTold = this.told;
    const drawn = isLive(view.freshness) ? 'solid' : view.freshness === 'stale' ? 'hollow' : 'hatched';
    const busy = items.length > 1;
    // Where there is no room for a code, who has no key is asked nothing.
    const asks = busy && this.answering?.here !== true ? null : this.answering;
    const isWhy = items.some(({ isSentence }) => isSentence);
    return html`<section class="now ${busy ? 'busy' : ''} ${asks === null ? '' : 'asking'} ${isWhy ? 'why' : ''}">
      ${isTold ? html`<slot></slot>` : nothing}
      <state-panel
        .state=${closed === null ? view.state : 'closed'}
        .detail=${closed === null ? '' : this.#opens(closed)}
        .count=${count}
        .limit=${limit}
        .drawn=${drawn}
        .zones=${content.zones}
        ?busy=${busy}
        ?brief=${isTold || isWhy}
        .strings=${strings}
      ></state-panel>
      <flow-today .in=${today.in} .out=${today.out} .stale=${drawn !== 'solid'} .strings=${strings}></flow-today>
      <div class="asks">
        ${asks === null ? nothing : askOf(asks, strings, !busy)}
        <attention-list
          .items=${items}
          .more=${more}
          .strings=${strings}
          .note=${this.note}
        ></attention-list>
      </div>
    </section>`;
  }

  #closed(content: SnapshotContent): Closed | null {
    return this.remembered ? null : closedAt(content.opening, this.cloudNowMs);
  }

  #opens({ opensAtMs }: Closed): string {
    const { cloudNowMs, strings } = this;
    if (opensAtMs === null || cloudNowMs === null) return '';
    return strings.opensAt(this.#time.soon(opensAtMs, cloudNowMs));
  }
}

function nameLength(name: string): 'short-name' | 'medium-name' | 'long-name' {
  const width = letterWidths(name);
  if (width <= NAME_LETTERS.portrait) return 'short-name';
  return width <= NAME_LETTERS.landscape ? 'medium-name' : 'long-name';
}

declare global {
  interface HTMLElementTagNameMap {
    'manager-board': ManagerBoard;
  }
}
