import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ListedAlert } from '../../../cloud/contracts/alert.ts';
import type { CorrectionRecord } from '../../../cloud/contracts/correction.ts';
import { problemWords } from '../api/ask.ts';
import { icon } from '../elements/icon.ts';
import { KeysController } from '../elements/keys-controller.ts';
import { LightElement } from '../elements/light-element.ts';
import { mayAs } from '../elements/rail.ts';
import { SecondsController } from '../elements/seconds-controller.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import '../messages/messages-now.ts';
import '../stores/correct-form.ts';
import type { Wish } from '../stores/correction-effect.ts';
import { correctionsCard } from '../stores/corrections-card.ts';
import { driftCard } from '../stores/drift-card.ts';
import { figureCard } from '../stores/figure-card.ts';
import '../stores/history/history-card.ts';
import { correctedToday, doorOfSensor } from '../stores/page-words.ts';
import { planCard } from '../stores/plan/plan-card.ts';
import { setupCards } from '../stores/setup-cards.ts';
import { shelve } from '../stores/shelving.ts';
import { signsCard } from '../stores/signs-card.ts';
import { alertsCard } from '../stores/store-alerts.ts';
import { storeHead, unknownStore } from '../stores/store-head.ts';
import { StoreReading } from '../stores/store-reading.ts';
import { answerAlert } from '../stores/store-record.ts';
import '../stores/undo-line.ts';
import { isPlaced, storeRow } from '../view/store-row.ts';

const LOOK_AGAIN_S = 5;
/** Always the same: the history is read again with each other list. */
const NONE: readonly CorrectionRecord[] = [];

/** One store: its figure, its day, where it comes from, and what people did about it. */
@customElement('store-page')
export class StorePage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @property() storeId = '';
  @state() private correcting: Wish['kind'] | null = null;
  @state() private said = '';
  @state() private done: readonly CorrectionRecord[] = [];
  readonly #reading = new StoreReading(this, (problem) => this.#say(problem));
  #seconds = 0;

  constructor() {
    super();
    new LiveController(this, () => this.live);
    new SecondsController(this, () => this.#second());
    new KeysController(this, this.#pressed);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('storeId')) Object.assign(this, { correcting: null, said: '', done: [] });
    const snapshot = this.#found()?.snapshot;
    if (this.live !== undefined && snapshot !== undefined)
      this.#reading.follow(snapshot.content, this.live.serverNowMs());
  }

  protected override render(): TemplateResult | typeof nothing {
    const { live, storeId } = this;
    const found = this.#found();
    if (live === undefined || found === undefined) return unknownStore();
    const { snapshot, storeGroups } = found;
    const { content } = snapshot;
    const { corrections, events, description, flows, reset, nights } = this.#reading;
    const nowMs = live.serverNowMs();
    const signs = (live.fleet?.signs ?? []).filter(
      (sign) => isPlaced(sign) && storeGroups.includes(sign.storeGroupId ?? ''),
    );
    const row = storeRow(snapshot, storeGroups, signs, nowMs);
    const mayAct = mayAs(live.person?.role, 'manager');
    const mayEdit = mayAs(live.person?.role, 'admin');
    const by = live.person?.name ?? '';
    return html`${storeHead({ content, storeGroups, nowMs }, mayAct ? this.#acts() : nothing)}
      <messages-now .groups=${storeGroups}></messages-now>
      <p class="done-line" role="status" ?hidden=${this.said === ''}>${this.said}</p>
      <undo-line .done=${this.done} .by=${by} @undone=${() => this.#reading.readCorrections()}></undo-line>
      ${
        this.correcting === null
          ? nothing
          : html`<correct-form .content=${content} .by=${by} .first=${this.correcting} .resetTo=${reset === null ? null : (reset.reset?.to ?? 0)}
              @closed=${() => this.#correct(null)} @corrected=${(event: CustomEvent<readonly CorrectionRecord[]>) => this.#corrected(event.detail)}></correct-form>`
      }
      <div class="g2">
        ${figureCard(row, live, correctedToday(corrections ?? NONE, content, nowMs))}
        <history-card .content=${content} .corrections=${corrections ?? NONE} .events=${events} .nowMs=${nowMs}
          .doorOf=${doorOfSensor(description)}></history-card>
        <div class="stack">
          ${alertsCard({ alerts: this.#reading.alerts, content, nowMs, ...this.#alertActs(mayAct, by) })}
          ${driftCard(nights)}${correctionsCard(corrections, content, nowMs)}
        </div>
        <div class="stack">${planCard({ snapshot, description, flows, clockOffsetMs: live.clockOffsetMs, nowMs, mayEdit })}</div>
      </div>
      <div class="g4">${setupCards(description, reset, content, mayEdit, storeId)}${signsCard(signs, live.clockOffsetMs)}</div>`;
  }

  #found() {
    return this.live?.overview?.stores.find(({ snapshot }) => snapshot.content.store.id === this.storeId);
  }

  #acts(): TemplateResult {
    const toggles = (kind: Wish['kind']) => () => this.#correct(this.correcting === kind ? null : kind);
    return html`<div class="acts">
      <button class="btn" type="button" data-act="add" aria-expanded=${this.correcting === 'add'} @click=${toggles('add')}>
        ${icon('pencil')}Correct the count <kbd aria-hidden="true">C</kbd></button>
      <button class="btn" type="button" data-act="reset" aria-expanded=${this.correcting === 'reset'} @click=${toggles('reset')}>Reset</button>
    </div>`;
  }

  #alertActs(mayAct: boolean, by: string) {
    if (!mayAct) return { onAnswer: null, shelving: null };
    return {
      onAnswer: (alert: ListedAlert) =>
        void this.#tries(
          answerAlert(this.storeId, alert, by),
          'Acknowledged. The signs show that you have seen it.',
        ),
      shelving: {
        by,
        onShelved: () => void this.#tries(Promise.resolve(), 'Shelved. It asks nobody until then.'),
        onUnshelve: (alert: ListedAlert) =>
          void this.#tries(shelve(this.storeId, alert, { forMinutes: 0, why: '', by }), 'It asks again.'),
      },
    };
  }

  async #tries(act: Promise<unknown>, words: string): Promise<void> {
    try {
      await act;
      await this.#reading.readAlerts();
      this.said = words;
    } catch (problem) {
      this.#say(problem);
    }
  }

  #say(problem: unknown): void {
    this.said = problemWords(problem);
  }

  #correct(kind: Wish['kind'] | null): void {
    const before = this.correcting;
    this.correcting = kind;
    if (kind === null) this.querySelector<HTMLElement>(`.head [data-act=${before}]`)?.focus();
    else Object.assign(this, { said: '', done: [] });
  }

  #corrected(done: readonly CorrectionRecord[]): void {
    this.done = done;
    void this.#reading.readCorrections();
  }

  #second(): void {
    this.#seconds += 1;
    if (this.#seconds % LOOK_AGAIN_S === 0) this.requestUpdate();
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const { ctrlKey, metaKey, altKey, key, target } = event;
    if (ctrlKey || metaKey || altKey || key.toLowerCase() !== 'c') return;
    if (target instanceof Element && target.matches('input, select, textarea')) return;
    if (this.correcting !== null || !mayAs(this.live?.person?.role, 'manager')) return;
    event.preventDefault();
    this.#correct('add');
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'store-page': StorePage;
  }
}
