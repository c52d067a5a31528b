import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ListedSensor, SensorPlace } from '../../../cloud/contracts/sensor.ts';
import { problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import { mayAs, mayTransfer, seesAll } from '../elements/rail.ts';
import type { Live } from '../live/live.ts';
import { PATHS } from '../view/router.ts';
import { counted, spanWords } from '../view/words.ts';
import { keptWords } from './kept-words.ts';
import { flipSensor, takeSensorOut } from './move-sensor.ts';
import type { Secret } from './once-secret.ts';
import './place-form.ts';
import { connectionSecret, ingestSecret } from './secrets.ts';
import { deleteRejected, removeSensor, renewConnectionString, replayRejected } from './sensor-acts.ts';
import { MODEL_WORDS, spotName, storeName } from './sensor-list.ts';

/** What is asked before it is done: what it will do, and the act as the button names it. */
type Question = { readonly words: string; readonly act: string; readonly run: () => Promise<string> };
type Placing = { readonly place: SensorPlace | null };

/** What can be done with one sensor. Gives `sensors-changed`, and `secret` with a Secret. */
@customElement('sensor-detail')
export class SensorDetail extends LightElement {
  @property({ attribute: false }) live!: Live;
  @property({ attribute: false }) sensor!: ListedSensor;
  @state() private placing: Placing | null = null;
  @state() private question: Question | null = null;
  @state() private said = '';
  @state() private problem = '';
  @state() private isBusy = false;

  protected override render(): TemplateResult {
    const { sensor, question, placing } = this;
    return html`<div class="detail-card">
      ${this.#clock()}
      ${sensor.places.length === 0 ? this.#nowhere() : html`<ul class="places">${sensor.places.map((place) => this.#place(place))}</ul>`}
      ${
        placing === null
          ? nothing
          : html`<place-form .live=${this.live} .sensor=${sensor} .place=${placing.place}
              @leave=${() => this.#places(null)} @placed=${this.#placed}></place-form>`
      }
      ${sensor.kept === 0 ? nothing : this.#kept()}
      ${this.#keys()}
      ${
        question === null
          ? nothing
          : html`<p class="ask-first">${question.words}
              <button class="btn danger" type="button" ?disabled=${this.isBusy} @click=${() => this.#run(question.run)}>${question.act}</button>
              <button class="btn" type="button" @click=${() => this.#ask(null)}>Leave it</button></p>`
      }
      ${this.problem === '' ? nothing : html`<p class="wrong" role="alert">${this.problem}</p>`}
      <p class="done-line" role="status">${this.said}</p>
    </div>`;
  }

  #clock(): TemplateResult | typeof nothing {
    const { skewMs } = this.sensor;
    if (skewMs === 0) return nothing;
    return html`<p class="q">Its clock is ${spanWords(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}. Its times are put right.</p>`;
  }

  #nowhere(): TemplateResult {
    return html`<div class="acts"><span>It counts nowhere.</span>
      ${this.#mayPlace && this.placing === null ? html`<button class="btn go" type="button" @click=${() => this.#places({ place: null })}>Place it at a door</button>` : nothing}</div>`;
  }

  #place(place: SensorPlace): TemplateResult {
    const { overview } = this.live;
    const { line, model, flipped, storeId, doorId } = place;
    const where = `${spotName(overview, place)}, ${storeName(overview, storeId)}`;
    const { sensorId, hasIngestKey } = this.sensor;
    const placed = { sensorId, line };
    const hidden = html`<span class="unseen"> ${where}</span>`;
    return html`<li>
      <span><b>${where}</b><small>${line === null ? '' : `Line ${line}. `}${MODEL_WORDS[model]}.${flipped ? ' Mounted the other way round.' : ''}</small></span>
      ${
        this.#mayPlace
          ? html`<span class="acts">
              ${doorId === null ? nothing : html`<button class="btn small-btn" type="button" ?disabled=${this.isBusy} @click=${() => this.#flip(place)}>${flipped ? 'Flip back' : 'Flip'}${hidden}</button>`}
              <button class="btn small-btn" type="button" @click=${() => this.#places({ place })}>Move${hidden}</button>
              <button class="btn small-btn" type="button" @click=${() =>
                this.#ask({
                  words: `It stops counting for ${where}. What it says from then on is kept, not counted.${hasIngestKey ? ' Its HTTP key ends.' : ''}`,
                  act: 'Take it out',
                  run: async () => {
                    await takeSensorOut(storeId, placed);
                    return 'It is taken out.';
                  },
                })}>Take out${hidden}</button>
            </span>`
          : nothing
      }
    </li>`;
  }

  #kept(): TemplateResult {
    const { kept, keptWhy, sensorId } = this.sensor;
    const messages = keptWords(kept);
    return html`<div class="kept"><span><b>${messages} kept, not counted</b><small>${keptWhy}</small></span>
      ${seesAll(this.live.person) ? html`<a class="under-line q" href=${`${PATHS.rejected}?text=${encodeURIComponent(sensorId)}`}>Read them</a>` : nothing}
      ${
        seesAll(this.live.person) && mayAs(this.live.person?.role, 'manager')
          ? html`<span class="acts">
              <button class="btn small-btn" type="button" ?disabled=${this.isBusy} @click=${() => this.#run(() => replayed(sensorId))}>Try to count them</button>
              <button class="btn small-btn" type="button" @click=${() =>
                this.#ask({
                  words: `${messages} of ${sensorId} are gone for good and can never count.`,
                  act: `Delete ${messages}`,
                  run: async () => `${counted(await deleteRejected(sensorId), 'message')} deleted.`,
                })}>Delete</button>
            </span>`
          : nothing
      }</div>`;
  }

  #keys(): TemplateResult | typeof nothing {
    const { sensorId, places, hasConnectionString, hasIngestKey } = this.sensor;
    const mayAll = mayTransfer(this.live.person);
    if (!this.#mayPlace || (places.length === 0 && !mayAll)) return nothing;
    const isKnown = hasConnectionString || places.length > 0;
    return html`<div class="acts">
      ${
        isKnown
          ? html`<button class="btn small-btn" type="button" @click=${() =>
              this.#ask({
                words: hasConnectionString
                  ? 'The old connection string stops working at once. The sensor is cut off until it has the new one.'
                  : 'It may then connect by MQTT.',
                act: 'Make a new connection string',
                run: async () => {
                  this.#tell(connectionSecret(this.live, await renewConnectionString(sensorId), false));
                  return '';
                },
              })}>New connection string</button>`
          : nothing
      }
      ${
        places.length > 0
          ? html`<button class="btn small-btn" type="button" @click=${() =>
              this.#ask({
                words: hasIngestKey
                  ? 'The key that it has for HTTP stops working at once.'
                  : 'It may then push by plain HTTP, with a key of its own.',
                act: 'Make an HTTP key',
                run: async () => {
                  this.#tell(await ingestSecret(this.live, sensorId, location.origin));
                  return '';
                },
              })}>HTTP address and key</button>`
          : nothing
      }
      ${
        mayAll && places.length === 0 && hasConnectionString
          ? html`<button class="btn small-btn" type="button" @click=${() =>
              this.#ask({
                words: `${sensorId} is let in no more, and its connection string stops working. What is kept of it stays.`,
                act: `Remove ${sensorId}`,
                run: async () => {
                  await removeSensor(sensorId);
                  return 'It is removed.';
                },
              })}>Remove</button>`
          : nothing
      }
    </div>`;
  }

  get #mayPlace(): boolean {
    return mayAs(this.live.person?.role, 'admin');
  }

  #places(placing: Placing | null): void {
    this.placing = placing;
    this.question = null;
    this.said = '';
  }

  async #ask(question: Question | null): Promise<void> {
    this.question = question;
    this.placing = null;
    this.said = '';
    this.problem = '';
    await this.updateComplete;
    // The harmless one.
    this.querySelector<HTMLElement>('.ask-first .btn:not(.danger)')?.focus();
  }

  #flip({ storeId, line, flipped }: SensorPlace): void {
    void this.#run(async () => {
      await flipSensor(storeId, { sensorId: this.sensor.sensorId, line });
      return flipped ? 'IN is people coming again.' : 'What it calls IN is people leaving from now on.';
    });
  }

  async #run(act: () => Promise<string>): Promise<void> {
    this.isBusy = true;
    this.problem = '';
    try {
      this.said = await act();
      this.question = null;
    } catch (problem) {
      this.problem = problemWords(problem);
    }
    this.isBusy = false;
    this.#changed();
  }

  readonly #placed = ({ detail }: CustomEvent<string>): void => {
    this.placing = null;
    this.said = detail;
    this.#changed();
  };

  #tell(secret: Secret): void {
    this.dispatchEvent(new CustomEvent('secret', { detail: secret, bubbles: true }));
  }

  #changed(): void {
    this.dispatchEvent(new CustomEvent('sensors-changed', { bubbles: true }));
  }
}

async function replayed(sensorId: string): Promise<string> {
  const done = await replayRejected(sensorId);
  const isCounted = `${counted(done.replayed - done.stillRejected, 'message')} counted.`;
  return done.stillRejected === 0 ? isCounted : `${isCounted} ${done.stillRejected} still cannot be.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sensor-detail': SensorDetail;
  }
}
