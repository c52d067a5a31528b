import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { sensorIdSchema } from '../../../cloud/contracts/identifiers.ts';
import { problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import type { Live } from '../live/live.ts';
import { connectionSecret } from './secrets.ts';
import { makeSensor } from './sensor-acts.ts';

/** Lets a sensor in. Gives `secret` with a Secret, `sensors-changed`, or `leave`. */
@customElement('new-sensor')
export class NewSensor extends LightElement {
  @property({ attribute: false }) live!: Live;
  @state() private problem = '';
  @state() private isBusy = false;

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  protected override render(): TemplateResult {
    const { problem } = this;
    return html`<form class="card new-sensor" @submit=${this.#submit} novalidate>
      <header><h2>New sensor</h2></header>
      <label class="lab">Name of the sensor
        <input class="in" name="sensor" maxlength="128" autocomplete="off" spellcheck="false" placeholder="hamburg-passage-2"
          aria-invalid=${problem === '' ? nothing : 'true'} aria-describedby="new-sensor-said"></label>
      <p id="new-sensor-said" class=${problem === '' ? 'q' : 'wrong'} role=${problem === '' ? nothing : 'alert'}>${
        problem === '' ? 'Letters, digits, dots, dashes. It cannot be changed later.' : problem
      }</p>
      <div class="acts">
        <button class="btn go" type="submit" ?disabled=${this.isBusy}>Make the sensor</button>
        <button class="btn" type="button" @click=${() => this.dispatchEvent(new CustomEvent('leave'))}>Leave it</button>
      </div>
    </form>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const sensorId = String(new FormData(event.currentTarget as HTMLFormElement).get('sensor') ?? '').trim();
    if (!sensorIdSchema.safeParse(sensorId).success) {
      this.problem =
        'Use 1 to 128 letters, digits, dots, dashes and underscores. Begin with a letter or a digit.';
      this.querySelector('input')?.focus();
      return;
    }
    this.isBusy = true;
    try {
      const detail = connectionSecret(this.live, await makeSensor(sensorId), true);
      this.problem = '';
      this.dispatchEvent(new CustomEvent('secret', { detail, bubbles: true }));
      this.dispatchEvent(new CustomEvent('sensors-changed', { bubbles: true }));
    } catch (problem) {
      this.problem = problemWords(problem);
    }
    this.isBusy = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'new-sensor': NewSensor;
  }
}
