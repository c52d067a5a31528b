import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ListedAlert } from '../../../cloud/contracts/alert.ts';
import type { CorrectionRecord } from '../../../cloud/contracts/correction.ts';
import type { DriftReport } from '../../../cloud/contracts/history.ts';
import { problemWords } from '../api/ask.ts';
import { icon } from '../elements/icon.ts';
import { LightElement } from '../elements/light-element.ts';
import { mayAs } from '../elements/rail.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { alertsList } from '../stores/alerts-list.ts';
import '../stores/correct-form.ts';
import { correctionsCard } from '../stores/corrections-card.ts';
import '../stores/day-chart.ts';
import { doorsCard } from '../stores/doors-card.ts';
import { driftCard } from '../stores/drift-card.ts';
import { figureCard } from '../stores/figure-card.ts';
import { signsCard } from '../stores/signs-card.ts';
import { answerAlert, readAlerts, readCorrections, readNights } from '../stores/store-record.ts';
import { PATHS } from '../view/router.ts';
import { isPlaced, storeRow } from '../view/store-row.ts';
import { clockWords } from '../view/words.ts';

/** One store: its figure, its day, where it comes from, and what people did about it. */
@customElement('store-page')
export class StorePage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @property() storeId = '';
  @state() private corrections: readonly CorrectionRecord[] | null = null;
  @state() private nights: readonly DriftReport[] | null = null;
  @state() private alerts: readonly ListedAlert[] | null = null;
  @state() private isCorrecting = false;
  @state() private said = '';
  #alertsRead = '';

  constructor() {
    super();
    new LiveController(this, () => this.live);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#pressed);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('storeId')) this.#readRecord();
    this.#readAlertsIfChanged();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { live, storeId } = this;
    const found = live?.overview?.stores.find(({ snapshot }) => snapshot.content.store.id === storeId);
    if (live === undefined || found === undefined) return unknownStore();
    const { snapshot, storeGroups } = found;
    const { content } = snapshot;
    const nowMs = live.serverNowMs();
    const signs = (live.fleet?.signs ?? []).filter(
      (sign) => isPlaced(sign) && storeGroups.includes(sign.storeGroupId ?? ''),
    );
    const row = storeRow(snapshot, storeGroups, signs, nowMs);
    const mayAct = mayAs(live.person?.role, 'manager');
    return html`<header class="head">
        <p class="crumb"><a href=${PATHS.overview}>Stores</a>${icon('chevron')}</p>
        <div><h1 tabindex="-1">${content.store.name}</h1>
          <p class="under">${clockWords(nowMs, content.store.timeZone)} in ${content.store.timeZone.replaceAll('_', ' ')}.</p></div>
        ${
          mayAct
            ? html`<div class="acts"><button class="btn" type="button" aria-expanded=${this.isCorrecting} @click=${() => this.#correct(!this.isCorrecting)}>
                ${icon('pencil')}Correct the count <kbd aria-hidden="true">C</kbd></button></div>`
            : nothing
        }
      </header>
      <p class="done-line" role="status" ?hidden=${this.said === ''}>${this.said}</p>
      ${
        this.isCorrecting
          ? html`<correct-form .content=${content} .by=${live.person?.name ?? ''} @closed=${() => this.#correct(false)} @corrected=${() => this.#corrected()}></correct-form>`
          : nothing
      }
      <div class="g2">
        ${figureCard(row, live)}
        <section class="card" aria-labelledby="today-heading">
          <header><h2 id="today-heading">Today</h2>${legend()}</header>
          <day-chart .content=${content}></day-chart>
        </section>
        <div class="stack">${this.#alertsCard(mayAct, content, nowMs)}${driftCard(this.nights)}</div>
        <div class="stack">${doorsCard(snapshot, live.clockOffsetMs)}${signsCard(signs, live.clockOffsetMs)}${correctionsCard(this.corrections, content, nowMs)}</div>
      </div>`;
  }

  #alertsCard(
    mayAct: boolean,
    content: Parameters<typeof alertsList>[0]['content'],
    nowMs: number,
  ): TemplateResult {
    const { alerts } = this;
    const onAnswer = mayAct ? (alert: ListedAlert) => void this.#answer(alert) : null;
    return html`<section class="card" aria-labelledby="alerts-heading">
      <header><h2 id="alerts-heading">Alerts</h2></header>
      ${
        alerts === null
          ? html`<p class="q">Reading them</p>`
          : alerts.length === 0
            ? html`<p class="q">Nothing asks for an answer.</p>`
            : alertsList({ alerts, content, nowMs, onAnswer })
      }
    </section>`;
  }

  #readRecord(): void {
    const { storeId } = this;
    Object.assign(this, { corrections: null, nights: null, alerts: null, isCorrecting: false, said: '' });
    this.#alertsRead = '';
    const isStill = () => this.storeId === storeId;
    readCorrections(storeId).then((read) => {
      if (isStill()) this.corrections = read;
    }, this.#say);
    readNights(storeId).then((read) => {
      if (isStill()) this.nights = read;
    }, this.#say);
  }

  /** The snapshot tells of some alerts only, and not by whom to answer them: it tells when to read. */
  #readAlertsIfChanged(): void {
    const { storeId } = this;
    const found = this.live?.overview?.stores.find(({ snapshot }) => snapshot.content.store.id === storeId);
    if (found === undefined) return;
    const { alerts, moreAlerts, state } = found.snapshot.content;
    const seen = JSON.stringify([storeId, alerts, moreAlerts, state]);
    if (seen === this.#alertsRead) return;
    this.#alertsRead = seen;
    readAlerts(storeId).then((read) => {
      if (this.storeId === storeId) this.alerts = read;
    }, this.#say);
  }

  readonly #say = (problem: unknown): void => {
    this.said = problemWords(problem);
  };

  async #answer(alert: ListedAlert): Promise<void> {
    const { storeId } = this;
    try {
      await answerAlert(storeId, alert, this.live?.person?.name ?? '');
      this.alerts = await readAlerts(storeId);
      this.said = 'Acknowledged. The signs show that you have seen it.';
    } catch (problem) {
      this.#say(problem);
    }
  }

  #correct(isCorrecting: boolean): void {
    this.isCorrecting = isCorrecting;
    if (isCorrecting) this.said = '';
    else this.querySelector<HTMLElement>('.head .btn')?.focus();
  }

  async #corrected(): Promise<void> {
    this.corrections = await readCorrections(this.storeId).catch(() => this.corrections);
    this.said = 'The count is put right. The signs show it now.';
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const { ctrlKey, metaKey, altKey, key, target } = event;
    if (ctrlKey || metaKey || altKey || key.toLowerCase() !== 'c') return;
    if (target instanceof Element && target.matches('input, select, textarea')) return;
    if (this.isCorrecting || !mayAs(this.live?.person?.role, 'manager')) return;
    event.preventDefault();
    this.#correct(true);
  };
}

const legend = (): TemplateResult => html`<span class="leg" aria-hidden="true">
  <span><i></i>inside</span><span><i class="soft"></i>nearly full</span><span><i class="hard"></i>limit</span>
</span>`;

const unknownStore = (): TemplateResult => html`<header class="head"><div>
  <h1 tabindex="-1">This store is not known</h1>
  <p class="under">It was removed, or you may not see it. <a class="under-line" href=${PATHS.overview}>Go to the overview</a></p>
</div></header>`;

declare global {
  interface HTMLElementTagNameMap {
    'store-page': StorePage;
  }
}
