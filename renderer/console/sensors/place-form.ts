import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Replayed } from '../../../cloud/contracts/rejected.ts';
import type { ListedSensor, SensorPlace } from '../../../cloud/contracts/sensor.ts';
import { sensorModelSchema } from '../../../cloud/contracts/sensor-model.ts';
import type { StoreDescription } from '../../../cloud/contracts/store-description.ts';
import { problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import { seesAll } from '../elements/rail.ts';
import type { Live } from '../live/live.ts';
import { readDescription } from '../stores/store-setup.ts';
import { counted } from '../view/words.ts';
import { keptWords } from './kept-words.ts';
import { moveSensor } from './move-sensor.ts';
import { spotFrom, spotOf, spotValue } from './placing.ts';
import { replayRejected } from './sensor-acts.ts';
import { MODEL_WORDS } from './sensor-list.ts';

/** Says at which door of which store a sensor counts. Gives `placed` with words, or `leave`. */
@customElement('place-form')
export class PlaceForm extends LightElement {
  @property({ attribute: false }) live!: Live;
  @property({ attribute: false }) sensor!: ListedSensor;
  /** Where it, or the line of it, counts until now; null: nowhere. */
  @property({ attribute: false }) place: SensorPlace | null = null;
  @state() private storeId = '';
  @state() private description: StoreDescription | null = null;
  @state() private problem = '';
  @state() private isBusy = false;

  protected override firstUpdated(): void {
    const storeId = this.place?.storeId ?? this.#stores[0]?.id;
    if (storeId !== undefined) void this.#choose(storeId);
    this.querySelector<HTMLElement>('select')?.focus();
  }

  protected override render(): TemplateResult {
    const { place, sensor, description } = this;
    const act = place === null ? 'Place it' : 'Move it';
    return html`<form class="place-form" @submit=${this.#submit} novalidate>
      <div class="ef">
        <label class="lab">Store <select class="in" name="store" @change=${this.#storeChosen}>
          ${this.#stores.map(({ id, name }) => html`<option value=${id} ?selected=${id === this.storeId}>${name}</option>`)}
        </select></label>
        <label class="lab">Door or zone <select class="in" name="spot" ?disabled=${description === null}>${description === null ? nothing : this.#spots(description)}</select></label>
        <label class="lab">How it speaks <select class="in" name="model">
          ${sensorModelSchema.options.map((model) => html`<option value=${model} ?selected=${model === (place?.model ?? 'auto')}>${MODEL_WORDS[model]}</option>`)}
        </select></label>
      </div>
      <label class="tick"><input type="checkbox" name="flipped" ?checked=${place?.flipped ?? false}>
        <span>Mounted the other way round: its IN is people leaving</span></label>
      ${
        sensor.kept > 0 && this.#mayReplay
          ? html`<label class="tick"><input type="checkbox" name="replay" checked>
              <span>Count ${keptWords(sensor.kept, 'kept message')} too, each at its own time</span></label>`
          : nothing
      }
      ${this.problem === '' ? nothing : html`<p class="wrong" role="alert">${this.problem}</p>`}
      <div class="acts">
        <button class="btn go" type="submit" ?disabled=${this.isBusy || description === null}>${act}</button>
        <button class="btn" type="button" @click=${() => this.#give('leave', '')}>Leave it</button>
        <span class="q">Its readings count there from now on. The signs follow at once.</span>
      </div>
    </form>`;
  }

  #spots({ doors, zones }: StoreDescription): TemplateResult {
    const now = this.place?.storeId === this.storeId ? spotOf(this.place) : undefined;
    const option = (kind: 'door' | 'zone', { id, name }: { readonly id: string; readonly name: string }) =>
      html`<option value=${spotValue({ kind, id })} ?selected=${now?.kind === kind && now.id === id}>${name}</option>`;
    return html`<optgroup label="Doors">${doors.map((door) => option('door', door))}</optgroup>
      ${zones.length === 0 ? nothing : html`<optgroup label="Over a whole zone">${zones.map((zone) => option('zone', zone))}</optgroup>`}`;
  }

  get #stores(): readonly { readonly id: string; readonly name: string }[] {
    return (this.live.overview?.stores ?? [])
      .map(({ snapshot }) => snapshot.content.store)
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  get #mayReplay(): boolean {
    return seesAll(this.live.person);
  }

  readonly #storeChosen = (event: Event): void => {
    void this.#choose((event.target as HTMLSelectElement).value);
  };

  async #choose(storeId: string): Promise<void> {
    this.storeId = storeId;
    this.description = null;
    try {
      const description = await readDescription(storeId);
      if (this.storeId === storeId) this.description = description;
      this.problem = '';
    } catch (problem) {
      this.problem = problemWords(problem);
    }
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const spot = spotFrom(String(data.get('spot') ?? ''));
    if (spot === undefined) {
      this.problem = 'Choose a door or a zone.';
      return;
    }
    const { sensor, place, storeId } = this;
    const mounted = {
      sensorId: sensor.sensorId,
      line: place?.line ?? null,
      model: sensorModelSchema.parse(data.get('model')),
      flipped: data.has('flipped'),
    };
    this.isBusy = true;
    try {
      await moveSensor(mounted, place?.storeId ?? null, { storeId, spot });
      const replayed = data.has('replay') ? await replayRejected(sensor.sensorId) : undefined;
      this.#give('placed', placedWords(place, { sensor, storeId, replayed }));
    } catch (problem) {
      this.problem = problemWords(problem);
    }
    this.isBusy = false;
  };

  #give(type: 'placed' | 'leave', detail: string): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

type Done = {
  readonly sensor: ListedSensor;
  readonly storeId: string;
  readonly replayed: Replayed | undefined;
};

function placedWords(before: SensorPlace | null, { sensor, storeId, replayed }: Done): string {
  const words = ['It counts there now.'];
  if (replayed !== undefined)
    words.push(`${counted(replayed.replayed - replayed.stillRejected, 'kept message')} counted.`);
  if (before !== null && before.storeId !== storeId)
    words.push('It still has the connection string of before. If others know it, make a new one.');
  if (before !== null && before.storeId !== storeId && sensor.hasIngestKey)
    words.push('Its HTTP key has ended: make a new one.');
  return words.join(' ');
}

declare global {
  interface HTMLElementTagNameMap {
    'place-form': PlaceForm;
  }
}
