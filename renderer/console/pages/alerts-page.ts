import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { alertOnGlass } from '../alerts/alert-on-glass.ts';
import { alertRow, COLUMNS } from '../alerts/alert-row.ts';
import {
  type AlertFilter,
  type AlertRow,
  eventsOf,
  filteredRows,
  rowId,
  STANDING_WORDS,
  STANDINGS,
  standingOf,
} from '../alerts/alert-rows.ts';
import { alertsFilter, alertsHead, filterFromAddress } from '../alerts/alerts-head.ts';
import { answerAll, answerAllQuestion, unanswered } from '../alerts/answer-all.ts';
import { readInTurn } from '../alerts/read-in-turn.ts';
import { problemWords } from '../api/ask.ts';
import { KeysController } from '../elements/keys-controller.ts';
import { LightElement } from '../elements/light-element.ts';
import { mayAs } from '../elements/rail.ts';
import { SecondsController } from '../elements/seconds-controller.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import '../messages/messages-now.ts';
import '../signs/ask-first.ts';
import type { AskFirst } from '../signs/ask-first.ts';
import { wordsOf } from '../stores/alerts-list.ts';
import type { ShelveAlert } from '../stores/shelve-alert.ts';
import { shelve } from '../stores/shelving.ts';
import { type AlertRecord, answerAlert, readAlertRecord } from '../stores/store-record.ts';
import { AddressController, fromAddress, keepInAddress, searchWith } from '../view/address.ts';
import { movingWords } from '../view/held-order.ts';
import { HeldRows } from '../view/held-rows.ts';
import { moveThrough } from '../view/list-keys.ts';
import { navigate } from '../view/navigate.ts';
import { isForTheField } from '../view/typing.ts';

/** What no push tells of: which signs have painted it meanwhile. */
const LOOK_AGAIN_S = 5;

/** What asks for an answer, over all stores, the worst first. */
@customElement('alerts-page')
export class AlertsPage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @state() private said = '';
  @state() private isAnsweringAll = false;
  @query('ask-first') private askFirst!: AskFirst;
  readonly #records = new Map<string, AlertRecord>();
  /** Of each store what its snapshot said when its alerts were read. */
  readonly #seen = new Map<string, string>();
  readonly #read = readInTurn((storeId) => this.#readNow(storeId));
  readonly #held = new HeldRows(this);
  #seconds = 0;

  constructor() {
    super();
    new LiveController(this, () => this.live);
    new AddressController(this);
    new SecondsController(this, () => this.#second());
    new KeysController(this, this.#pressed);
  }

  protected override willUpdate(): void {
    const stores = this.live?.overview?.stores.map(({ snapshot }) => snapshot.content) ?? [];
    // Those that ask for something come first; what was put aside is in no snapshot.
    for (const { store, alerts, moreAlerts, state: level } of stores.toSorted(
      (one, other) => other.alerts.length - one.alerts.length,
    )) {
      const seen = JSON.stringify([alerts, moreAlerts, level]);
      if (this.#seen.get(store.id) === seen) continue;
      this.#seen.set(store.id, seen);
      this.#read(store.id);
    }
  }

  protected override updated(): void {
    if (this.live?.overview) this.#openFromGlass(this.live);
  }

  /** The address that a phone read from a sign names an alert as the glass does: it opens, ready to be answered. */
  #openFromGlass(live: Live): void {
    const named = fromAddress('answer');
    const rows = named === '' ? [] : this.#rows(live, live.serverNowMs());
    const found = alertOnGlass(rows, named);
    const isRead = this.#records.has(named.split(' ')[0] ?? '') || !knows(live, named);
    if (named === '' || (found === undefined && !isRead)) return;
    if (found === undefined) this.said = 'This alert is over.';
    navigate(location.pathname + searchWith({ answer: '', open: found?.id ?? '' }), { replace: true });
    if (found !== undefined) void this.#focusOpen();
  }

  async #focusOpen(): Promise<void> {
    await this.updateComplete;
    const open = this.querySelector<HTMLElement>('tr.a-open');
    open?.scrollIntoView({ block: 'center' });
    (open?.querySelector<HTMLElement>('.btn.go') ?? this.querySelector<HTMLElement>('tr.on a'))?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { live } = this;
    if (!live?.overview) return nothing;
    const nowMs = live.serverNowMs();
    const rows = this.#rows(live, nowMs);
    const filter = filterFromAddress();
    const isRead = live.overview.stores.every(({ snapshot }) => this.#records.has(snapshot.content.store.id));
    return html`${alertsHead(rows, nowMs, this.#allActs(filteredRows(rows, filter), live))}
      <ask-first></ask-first>
      <messages-now></messages-now>
      <p class="done-line" role="status" ?hidden=${this.said === ''}>${this.said}</p>
      ${
        rows.length === 0
          ? html`<p class="empty">${isRead ? 'All is as it should be.' : 'Reading the alerts'}</p>`
          : html`${alertsFilter(rows, filter, (changed) => this.#keep(changed))} ${this.#list(rows, filter, live)}`
      }`;
  }

  /** For the alerts that the filter shows. */
  #allActs(shown: readonly AlertRow[], live: Live): TemplateResult | typeof nothing {
    const waiting = unanswered(shown);
    if (waiting.length < 2 || !mayAs(live.person?.role, 'manager')) return nothing;
    return html`<div class="acts"><button class="btn" type="button" ?disabled=${this.isAnsweringAll} @click=${() => void this.#answerAll(waiting)}>
      Acknowledge all ${waiting.length}</button></div>`;
  }

  async #answerAll(waiting: readonly AlertRow[]): Promise<void> {
    if (!(await this.askFirst.ask(answerAllQuestion(waiting)))) return;
    this.isAnsweringAll = true;
    this.said = await answerAll(waiting, this.live?.person?.name ?? '');
    this.isAnsweringAll = false;
    for (const storeId of new Set(waiting.map(({ content }) => content.store.id))) this.#read(storeId);
  }

  #list(rows: readonly AlertRow[], filter: AlertFilter, live: Live): TemplateResult {
    const bySection = filter.sort === 'worst';
    const wanted = filteredRows(rows, filter);
    const held = this.#held.arrange(
      wanted.map(({ id, standing }) => ({ id, section: bySection ? standing : '' })),
    );
    if (wanted.length === 0)
      return html`<div class="empty"><p>No alert fits this filter.</p>
        <button class="btn" type="button" @click=${() => this.#keep({ show: '', type: '', text: '' })}>Show all alerts</button></div>`;
    const byId = new Map(wanted.map((row) => [row.id, row]));
    const mayAct = mayAs(live.person?.role, 'manager');
    return html`<table class="list alerts-t" @pointerenter=${this.#held.hold} @pointerleave=${this.#held.release}
        @focusin=${this.#held.hold} @focusout=${this.#held.release}>
        <caption class="unseen">Alerts of all stores</caption>
        <thead><tr><th class="c-mark"><span class="unseen">State</span></th>${COLUMNS.map((word) => html`<th scope="col">${word}</th>`)}</tr></thead>
        ${(bySection ? STANDINGS : ([''] as const)).map((section) => {
          const inside = held.rows.filter((row) => row.section === section);
          if (inside.length === 0) return nothing;
          return html`<tbody>
            ${section === '' ? nothing : html`<tr class="sec"><th scope="colgroup" colspan=${COLUMNS.length + 1}>${STANDING_WORDS[section].section} <b>${inside.length}</b></th></tr>`}
            ${repeat(
              inside,
              ({ id }) => id,
              ({ id }) => this.#row(byId.get(id), live, mayAct),
            )}
          </tbody>`;
        })}
      </table>
      <p class="moving q" aria-live="polite">${held.moving === 0 ? nothing : movingWords(held.moving)}</p>
      <p class="keys" aria-hidden="true"><span><kbd>J</kbd> <kbd>K</kbd> move</span><span><kbd>Enter</kbd> who has it</span>
        ${mayAct ? html`<span><kbd>A</kbd> acknowledge</span><span><kbd>S</kbd> shelve</span>` : nothing}<span><kbd>/</kbd> filter</span><span><kbd>?</kbd> all keys</span></p>`;
  }

  #row(row: AlertRow | undefined, live: Live, mayAct: boolean): TemplateResult | typeof nothing {
    if (row === undefined) return nothing;
    const by = live.person?.name ?? '';
    const storeId = row.content.store.id;
    const acts = {
      onAnswer: () => this.#answer(row),
      onShelved: () => void this.#tries(storeId, Promise.resolve(), 'Shelved. It asks nobody until then.'),
      onUnshelve: () => {
        const again = shelve(storeId, row.alert, { forMinutes: 0, why: '', by });
        void this.#tries(storeId, again, 'It asks again.');
      },
    };
    const isOpen = fromAddress('open') === row.id;
    return alertRow(row, { nowMs: live.serverNowMs(), isOpen, by, acts: mayAct ? acts : undefined });
  }

  #rows(live: Live, nowMs: number): readonly AlertRow[] {
    return (live.overview?.stores ?? []).flatMap(({ snapshot: { content } }) => {
      const { alerts = [], events = [] } = this.#records.get(content.store.id) ?? {};
      return alerts.map((alert) => ({
        id: rowId(content.store.id, alert),
        ...{ content, alert, events: eventsOf(events, alert) },
        ...{ standing: standingOf(alert), words: wordsOf(alert, content, nowMs) },
      }));
    });
  }

  #keep(changed: Readonly<Record<string, string>>): void {
    keepInAddress(changed);
    this.#held.letGo();
  }

  async #readNow(storeId: string): Promise<void> {
    try {
      this.#records.set(storeId, await readAlertRecord(storeId));
      this.requestUpdate();
    } catch (problem) {
      this.said = problemWords(problem);
    }
  }

  #answer({ alert, content }: AlertRow): void {
    const by = this.live?.person?.name ?? '';
    const words = 'Acknowledged. The signs show that you have seen it.';
    void this.#tries(content.store.id, answerAlert(content.store.id, alert, by), words);
  }

  async #tries(storeId: string, act: Promise<unknown>, words: string): Promise<void> {
    try {
      await act;
      await this.#readNow(storeId);
      this.said = words;
    } catch (problem) {
      this.said = problemWords(problem);
    }
  }

  #second(): void {
    this.#seconds += 1;
    this.requestUpdate();
    const [storeId = ''] = fromAddress('open').split(' ');
    if (this.#seconds % LOOK_AGAIN_S === 0 && this.#records.has(storeId)) this.#read(storeId);
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    moveThrough(
      event,
      this.querySelectorAll<HTMLElement>('.alerts-t .c-what a'),
      this.querySelector('input[type=search]'),
    );
    if (isForTheField(event) || this.live === undefined) return;
    const focused = this.querySelector<HTMLElement>('tr[data-alert]:focus-within')?.dataset.alert;
    const at = focused ?? fromAddress('open');
    const row = this.#rows(this.live, this.live.serverNowMs()).find(({ id }) => id === at);
    if (event.key === 'Escape' && fromAddress('open') !== '')
      navigate(location.pathname + searchWith({ open: '' }));
    if (row === undefined || !mayAs(this.live.person?.role, 'manager')) return;
    if (event.key === 'a' && row.alert.acknowledged === null && row.standing !== 'shelved') this.#answer(row);
    if (event.key === 's') void this.#openShelving(row.id);
  };

  async #openShelving(id: string): Promise<void> {
    if (fromAddress('open') !== id) navigate(location.pathname + searchWith({ open: id }));
    await this.updateComplete;
    const shelving = this.querySelector<ShelveAlert>('tr.a-open shelve-alert');
    await shelving?.updateComplete;
    shelving?.querySelector<HTMLElement>('details:not([open]) summary')?.click();
  }
}

const knows = (live: Live, named: string): boolean =>
  live.overview?.stores.some(({ snapshot }) => snapshot.content.store.id === named.split(' ')[0]) ?? false;

declare global {
  interface HTMLElementTagNameMap {
    'alerts-page': AlertsPage;
  }
}
