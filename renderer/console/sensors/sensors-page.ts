import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ListedSensor } from '../../../cloud/contracts/sensor.ts';
import { problemWords } from '../api/ask.ts';
import { icon } from '../elements/icon.ts';
import { KeysController } from '../elements/keys-controller.ts';
import { LightElement } from '../elements/light-element.ts';
import { mayTransfer } from '../elements/rail.ts';
import { SecondsController } from '../elements/seconds-controller.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { moveThrough } from '../view/list-keys.ts';
import { PATHS } from '../view/router.ts';
import { keepTextInAddress, textInAddress } from '../view/text-in-address.ts';
import './new-sensor.ts';
import './once-secret.ts';
import type { Secret } from './once-secret.ts';
import { readSensors } from './sensor-acts.ts';
import './sensor-detail.ts';
import {
  listedRows,
  type SensorRow,
  type SensorStanding,
  STANDING_WORDS,
  STANDINGS,
  sensorSeen,
  summaryWords,
} from './sensor-list.ts';
import { sensorRow } from './sensor-row.ts';

/** What no push tells of: messages that are kept, and sensors without a place. */
const READ_AGAIN_MS = 15_000;

type Line =
  | { readonly kind: 'section'; readonly standing: SensorStanding; readonly count: number }
  | { readonly kind: 'row' | 'detail'; readonly row: SensorRow };

/** All sensors, those that need somebody first. */
@customElement('sensors-page')
export class SensorsPage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @state() private sensors: readonly ListedSensor[] | null = null;
  @state() private hubIsSilent = false;
  @state() private text = textInAddress();
  @state() private openId: string | null = null;
  @state() private isMaking = false;
  @state() private secrets: readonly Secret[] = [];
  @state() private problem = '';
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
    this.addEventListener('sensors-changed', this.#changed);
    this.addEventListener('secret', this.#made);
    void this.#read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // What was shown once is not shown again.
    this.secrets = [];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { live, sensors } = this;
    if (live === undefined) return nothing;
    const nowMs = live.serverNowMs();
    const all = (sensors ?? []).map((sensor) => sensorSeen(sensor, live.overview, nowMs));
    return html`<div class="sensors-split ${this.secrets.length > 0 ? 'with-secret' : ''}">
      ${this.#head(all)}
      <div class="secrets">${repeat(
        this.secrets,
        ({ shownAtMs }) => shownAtMs,
        (secret) => this.#secret(secret, all),
      )}</div>
      <div class="sensors-list">
        ${this.problem === '' ? nothing : html`<p class="wrong" role="alert">${this.problem}</p>`}
        ${this.isMaking ? html`<new-sensor .live=${live} @leave=${() => this.#making(false)}></new-sensor>` : nothing}
        ${this.hubIsSilent ? html`<p class="once">The hub does not answer, so sensors that were never heard may be missing here.</p>` : nothing}
        ${sensors === null ? this.#waits() : sensors.length === 0 ? emptyWords : this.#list(sensors, live, nowMs)}
      </div>
    </div>`;
  }

  #waits(): TemplateResult | typeof nothing {
    return this.problem === '' ? html`<p class="wait-words" role="status">Reading the sensors</p>` : nothing;
  }

  #head(all: readonly SensorRow[]): TemplateResult {
    const mayAll = mayTransfer(this.live?.person);
    return html`<header class="head">
      <div><h1 tabindex="-1">Sensors</h1><p class="under">${all.length === 0 ? 'What counts people at the doors.' : summaryWords(all)}</p></div>
      ${
        mayAll
          ? html`<div class="acts">
              <a class="btn" href=${PATHS.transfer}>${icon('table')}Import CSV</a>
              <button class="btn go" type="button" aria-expanded=${this.isMaking} @click=${() => this.#making(!this.isMaking)}>${icon('plus')}New sensor</button>
            </div>`
          : nothing
      }
    </header>`;
  }

  #secret(secret: Secret, all: readonly SensorRow[]): TemplateResult {
    const row = all.find(({ sensor }) => sensor.sensorId === secret.sensorId);
    return html`<once-secret .secret=${secret} .heardAtMs=${row?.heardAtMs ?? null}
      @hide-secret=${() => this.#hide(secret)}></once-secret>`;
  }

  #list(sensors: readonly ListedSensor[], live: Live, nowMs: number): TemplateResult {
    const lines = this.#lines(listedRows(sensors, this.text, live.overview, nowMs));
    return html`<div class="filters"><label class="field">
        <span class="unseen">Filter sensors</span>
        <input type="search" placeholder="Filter by sensor, door, store or model" .value=${this.text}
          @input=${(event: Event) => this.#filter((event.target as HTMLInputElement).value)}>
        <kbd aria-hidden="true">/</kbd></label></div>
      ${
        lines.length === 0
          ? html`<p class="empty">No sensor is like that.</p>`
          : html`<table class="list sensors-t" aria-label="Sensors, those that need somebody first">
              <thead><tr>${['Sensor', 'Door', 'Last heard', 'Kept', 'Remark'].map((word) => html`<th scope="col">${word}</th>`)}</tr></thead>
              <tbody>${repeat(lines, lineKey, (line) => this.#line(line, live))}</tbody>
            </table>`
      }
      <p class="keys"><span><kbd>J</kbd> <kbd>K</kbd> next sensor</span><span><kbd>Enter</kbd> open</span><span><kbd>/</kbd> filter</span>
        ${mayTransfer(live.person) ? html`<span><kbd>N</kbd> new sensor</span>` : nothing}<span><kbd>Esc</kbd> close</span></p>`;
  }

  #lines(sections: ReadonlyMap<SensorStanding, readonly SensorRow[]>): readonly Line[] {
    return STANDINGS.flatMap((standing): readonly Line[] => {
      const rows = sections.get(standing) ?? [];
      if (rows.length === 0) return [];
      const shown = rows.flatMap((row): Line[] => {
        const isOpen = row.sensor.sensorId === this.openId;
        return isOpen
          ? [
              { kind: 'row', row },
              { kind: 'detail', row },
            ]
          : [{ kind: 'row', row }];
      });
      return [{ kind: 'section', standing, count: rows.length }, ...shown];
    });
  }

  #line(line: Line, live: Live): TemplateResult {
    if (line.kind === 'section')
      return html`<tr class="sec"><th colspan="5" scope="rowgroup">${STANDING_WORDS[line.standing]}<b>${line.count}</b>
        ${line.standing === 'knocks' ? html`<small>They speak and have no door. What they say is kept, and counts once you place them.</small>` : nothing}</th></tr>`;
    const { sensor } = line.row;
    if (line.kind === 'detail')
      return html`<tr class="detail"><td colspan="5"><sensor-detail .live=${live} .sensor=${sensor}></sensor-detail></td></tr>`;
    const isOpen = sensor.sensorId === this.openId;
    return sensorRow(line.row, { live, isOpen, onToggle: () => this.#open(isOpen ? null : sensor.sensorId) });
  }

  #filter(text: string): void {
    this.text = text;
    keepTextInAddress(text);
  }

  #open(sensorId: string | null): void {
    this.openId = sensorId;
  }

  #making(isMaking: boolean): void {
    this.isMaking = isMaking;
  }

  #hide(secret: Secret): void {
    this.secrets = this.secrets.filter((one) => one !== secret);
  }

  #second(): void {
    this.requestUpdate();
    if (Date.now() - this.#readAtMs >= READ_AGAIN_MS && document.visibilityState === 'visible')
      void this.#read();
  }

  async #read(): Promise<void> {
    this.#readAtMs = Date.now();
    try {
      const { sensors, hubIsSilent = false } = await readSensors();
      this.sensors = sensors;
      this.hubIsSilent = hubIsSilent;
      this.problem = '';
    } catch (problem) {
      this.problem = problemWords(problem);
    }
  }

  readonly #changed = (): void => {
    void this.#read();
    void this.live?.refresh();
  };

  readonly #made = (event: Event): void => {
    this.secrets = [(event as CustomEvent<Secret>).detail, ...this.secrets];
    this.isMaking = false;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    moveThrough(event, this.querySelectorAll<HTMLElement>('.row-open'), this.search);
    const target = event.target instanceof Element ? event.target : null;
    if (event.ctrlKey || event.metaKey || event.altKey || target?.matches('input, select, textarea')) return;
    if (event.key === 'Escape') this.#close();
    if (event.key === 'n' && mayTransfer(this.live?.person)) {
      event.preventDefault();
      this.#making(true);
    }
  };

  #close(): void {
    const opener = this.querySelector<HTMLElement>('tr.on .row-open');
    this.openId = null;
    this.isMaking = false;
    opener?.focus();
  }
}

const lineKey = (line: Line): string =>
  line.kind === 'section' ? `section ${line.standing}` : `${line.kind} ${line.row.sensor.sensorId}`;

const emptyWords = html`<p class="empty">There is no sensor yet. Make a store with a door, or let a sensor in and place it once it is heard.</p>`;

declare global {
  interface HTMLElementTagNameMap {
    'sensors-page': SensorsPage;
  }
}
