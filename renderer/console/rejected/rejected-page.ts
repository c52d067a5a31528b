import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RejectedMessage } from '../../../cloud/contracts/rejected.ts';
import { problemWords } from '../api/ask.ts';
import { KeysController } from '../elements/keys-controller.ts';
import { LightElement } from '../elements/light-element.ts';
import { mayAs, seesAll } from '../elements/rail.ts';
import { SecondsController } from '../elements/seconds-controller.ts';
import '../elements/v-age.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { deleteRejected, readRejected, replayRejected } from '../sensors/sensor-acts.ts';
import { moveThrough } from '../view/list-keys.ts';
import { keepTextInAddress, textInAddress } from '../view/text-in-address.ts';
import { counted, dayClockWords } from '../view/words.ts';
import { bodyBytes, bodyWords } from './body-words.ts';
import { type RejectedOfSensor, rejectedBySensor } from './rejected-list.ts';

/** Refused messages are told by no push. */
const READ_AGAIN_MS = 15_000;
/** What the cloud lists at most. */
const MAX_LISTED = 200;

/** What could not be counted, whole and with the reason. */
@customElement('rejected-page')
export class RejectedPage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @state() private rejected: readonly RejectedMessage[] | null = null;
  @state() private text = textInAddress();
  /** Of which sensor it is asked whether all is to be deleted. */
  @state() private deleting: string | null = null;
  @state() private said = '';
  @state() private problem = '';
  @state() private isBusy = false;
  @query('input[type=search]') private search!: HTMLInputElement | null;
  #readAtMs = 0;

  constructor() {
    super();
    new LiveController(this, () => this.live);
    new SecondsController(this, () => this.#second());
    new KeysController(this, this.#onKey);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { live, rejected } = this;
    if (live === undefined) return nothing;
    if (!seesAll(live.person))
      return html`<h1 class="unseen" tabindex="-1">Refused messages</h1><p class="empty">Only people who may see all stores can read these. Ask one of them.</p>`;
    return html`<header class="head"><div>
        <h1 tabindex="-1">Refused messages</h1>
        <p class="under">What sensors said and could not be counted. It is kept whole for a while, and can count later.</p>
      </div></header>
      ${this.problem === '' ? nothing : html`<p class="wrong" role="alert">${this.problem}</p>`}
      <p class="done-line" role="status">${this.said}</p>
      ${rejected === null ? nothing : this.#list(rejected)}`;
  }

  #list(rejected: readonly RejectedMessage[]): TemplateResult {
    if (rejected.length === 0)
      return html`<p class="empty">Nothing was refused. Every message of every sensor was counted.</p>`;
    const sensors = rejectedBySensor(rejected, this.text);
    return html`<div class="filters"><label class="field"><span class="unseen">Filter messages</span>
        <input type="search" placeholder="Filter by sensor, reason or what it says" .value=${this.text} @input=${(event: Event) => this.#filter((event.target as HTMLInputElement).value)}>
        <kbd aria-hidden="true">/</kbd></label></div>
      ${rejected.length < MAX_LISTED ? nothing : html`<p class="q">These are the newest ${MAX_LISTED}. There may be more.</p>`}
      ${sensors.length === 0 ? html`<p class="empty">No message is like that.</p>` : nothing}
      ${repeat(
        sensors,
        ({ sensorId }) => sensorId,
        (sensor) => this.#sensor(sensor),
      )}
      <p class="keys"><span><kbd>J</kbd> <kbd>K</kbd> next message</span><span><kbd>Enter</kbd> read it</span><span><kbd>/</kbd> filter</span></p>`;
  }

  #sensor({ sensorId, times, rows, lastSeenAtMs }: RejectedOfSensor): TemplateResult {
    const mayAct = mayAs(this.live?.person?.role, 'manager');
    return html`<section class="card rejected" aria-label=${sensorId}>
      <header><h2>${sensorId}</h2><span class="q">${counted(times, 'message')},</span>
        <v-age .atMs=${lastSeenAtMs} .clockOffsetMs=${this.live?.clockOffsetMs ?? 0}></v-age>
        ${
          mayAct
            ? html`<span class="acts more">
                <button class="btn small-btn" type="button" ?disabled=${this.isBusy} @click=${() => this.#replay(sensorId)}>Try to count them<span class="unseen"> of ${sensorId}</span></button>
                <button class="btn small-btn" type="button" @click=${() => this.#asks(sensorId)}>Delete<span class="unseen"> those of ${sensorId}</span></button></span>`
            : nothing
        }
      </header>
      ${
        this.deleting === sensorId
          ? html`<p class="ask-first">All that is kept of ${sensorId} is gone for good and can never count.
              <button class="btn danger" type="button" ?disabled=${this.isBusy} @click=${() => this.#delete(sensorId)}>Delete all of ${sensorId}</button>
              <button class="btn" type="button" @click=${() => this.#asks(null)}>Leave it</button></p>`
          : nothing
      }
      <ul>${rows.map((row) => this.#row(row))}</ul>
    </section>`;
  }

  #row(row: RejectedMessage): TemplateResult {
    const { text, isCut } = bodyWords(row);
    const { reason, detail, times, firstSeenAtMs, lastSeenAtMs, encoding } = row;
    const when =
      times === 1
        ? dayClockWords(lastSeenAtMs)
        : `${dayClockWords(firstSeenAtMs)} to ${dayClockWords(lastSeenAtMs)}`;
    return html`<li><details>
      <summary class="row-open"><b>${reason}</b><span>${detail}</span><span class="tn q">${counted(times, 'time')}, ${when}</span></summary>
      <pre tabindex="0" aria-label="What it said">${text === '' ? 'It was empty.' : text}${isCut ? '\u2026' : ''}</pre>
      <div class="acts"><button class="btn small-btn" type="button" @click=${() => download(row)}>Download it whole</button>
        <span class="q">${encoding === 'utf-8' ? 'Text' : 'Bytes, in hexadecimal'}${isCut ? ', cut here' : ''}</span></div>
    </details></li>`;
  }

  #filter(text: string): void {
    this.text = text;
    keepTextInAddress(text);
  }

  async #asks(sensorId: string | null): Promise<void> {
    this.deleting = sensorId;
    await this.updateComplete;
    this.querySelector<HTMLElement>('.ask-first .btn:not(.danger)')?.focus();
  }

  #second(): void {
    if (Date.now() - this.#readAtMs >= READ_AGAIN_MS && document.visibilityState === 'visible')
      void this.#read();
  }

  async #read(): Promise<void> {
    this.#readAtMs = Date.now();
    if (!seesAll(this.live?.person)) return;
    try {
      this.rejected = await readRejected();
      this.problem = '';
    } catch (problem) {
      this.problem = problemWords(problem);
    }
  }

  async #replay(sensorId: string): Promise<void> {
    await this.#run(async () => {
      const { replayed, stillRejected } = await replayRejected(sensorId);
      const isCounted = `${counted(replayed - stillRejected, 'message')} of ${sensorId} counted.`;
      return stillRejected === 0 ? isCounted : `${isCounted} ${stillRejected} still cannot be.`;
    });
  }

  async #delete(sensorId: string): Promise<void> {
    await this.#run(
      async () => `${counted(await deleteRejected(sensorId), 'message')} of ${sensorId} deleted.`,
    );
    this.deleting = null;
  }

  async #run(act: () => Promise<string>): Promise<void> {
    this.isBusy = true;
    this.said = '';
    let problem = '';
    try {
      this.said = await act();
    } catch (thrown) {
      problem = problemWords(thrown);
    }
    this.isBusy = false;
    await this.#read();
    if (problem !== '') this.problem = problem;
  }

  readonly #onKey = (event: KeyboardEvent): void =>
    moveThrough(event, this.querySelectorAll<HTMLElement>('.row-open'), this.search);
}

function download(row: RejectedMessage): void {
  const url = URL.createObjectURL(new Blob([bodyBytes(row)], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${row.sensorId}-${row.reason}-${row.firstSeenAtMs}.${row.encoding === 'utf-8' ? 'txt' : 'bin'}`;
  link.click();
  URL.revokeObjectURL(url);
}

declare global {
  interface HTMLElementTagNameMap {
    'rejected-page': RejectedPage;
  }
}
