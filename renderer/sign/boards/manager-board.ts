import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Snapshot } from '../../../cloud/contracts/snapshot.ts';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type } from '../../design/type.ts';
import { answerToOver } from '../view/alert-rows.ts';
import { attentionOf } from '../view/attention.ts';
import { countWords } from '../view/count-words.ts';
import { type LocalTime, localTime } from '../view/local-time.ts';
import { isLive, rememberedView, type StoreView, storeView } from '../view/store-view.ts';
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
  @property({ type: Number }) moreStores = 0;
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
    return html`<h1 class="name short ${nameLength(store.name)}">${store.name}</h1>
      <p class="when ${view.state === 'over' ? 'on-alarm' : ''}">${this.#time.dateAndTime(this.nowMs)}</p>
      <p class="spoken" role="status" aria-live="polite">${strings.states[view.state]}</p>
      ${this.#left(snapshot, view)} ${this.#right(snapshot, view)}`;
  }

  #left({ content }: Snapshot, view: StoreView): TemplateResult {
    const { strings, nowMs, heardAtMs } = this;
    const moments = { heardAtMs, nowMs, time: this.#time };
    return html`<store-count .words=${countWords(content, view, moments, strings)}></store-count>
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
    const { strings, link, nowMs } = this;
    const { count, today } = content;
    const limit = content.limits.hard;
    const input = { content, view, link, nowMs, time: this.#time, strings };
    const { items, more } = attentionOf(input);
    if (view.state === 'over') {
      return html`<alarm-panel
        .count=${count}
        .limit=${limit}
        .answer=${answerToOver(input) ?? ''}
        .items=${items}
        .more=${more}
        .strings=${strings}
      ></alarm-panel>`;
    }
    const drawn = isLive(view.freshness) ? 'solid' : view.freshness === 'stale' ? 'hollow' : 'hatched';
    const busy = items.length > 1;
    return html`<section class="now ${busy ? 'busy' : ''}">
      <state-panel
        .state=${view.state}
        .count=${count}
        .limit=${limit}
        .drawn=${drawn}
        .zones=${content.zones}
        ?busy=${busy}
        .strings=${strings}
      ></state-panel>
      <flow-today .in=${today.in} .out=${today.out} .stale=${drawn !== 'solid'} .strings=${strings}></flow-today>
      <attention-list
        .items=${items}
        .more=${more}
        .strings=${strings}
        .note=${this.moreStores > 0 ? strings.moreStores(this.moreStores) : ''}
      ></attention-list>
    </section>`;
  }
}

function nameLength(name: string): 'short-name' | 'medium-name' | 'long-name' {
  if (name.length <= NAME_LETTERS.portrait) return 'short-name';
  return name.length <= NAME_LETTERS.landscape ? 'medium-name' : 'long-name';
}

declare global {
  interface HTMLElementTagNameMap {
    'manager-board': ManagerBoard;
  }
}
