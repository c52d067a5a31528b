import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import { problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import type { Live } from '../live/live.ts';
import { assignSigns, describeSign } from './fleet-acts.ts';
import { groupOptions } from './group-options.ts';
import { placeWords } from './places.ts';
import { settingsFields } from './settings-fields.ts';
import { settingsOf } from './settings-of.ts';

/** Name, settings and group of one sign, folded until somebody wants to change them. */
@customElement('sign-place')
export class SignPlace extends LightElement {
  @property({ attribute: false }) live!: Live;
  @property({ attribute: false }) sign!: ListedSign;
  @state() private said = '';
  @state() private wrong = false;

  protected override render(): TemplateResult {
    const { sign, live } = this;
    return html`<details class="place">
        <summary>Name and settings</summary>
        <form @submit=${this.#describe}>
          <label class="lab">Name<input class="in" name="name" required maxlength="80" .value=${sign.name} autocomplete="off"></label>
          ${settingsFields(sign.settings)}
          <p class="acts"><button class="btn go">Save</button><span class="q">The sign takes them over within a second.</span></p>
        </form>
      </details>
      <details class="place">
        <summary>Move to another group</summary>
        <form class="move" @submit=${this.#move}>
          <label class="lab">Group
            <select class="in" name="group" required>${groupOptions(live.overview, sign.storeGroupId)}</select>
          </label>
          <p class="acts">
            <button class="btn go">Move</button>
            <span class="q">It shows that group within a second, and says when it is on the glass.</span>
          </p>
        </form>
      </details>
      <p class=${this.wrong ? 'wrong' : 'done-line'} role="status">${this.said}</p>`;
  }

  async #describe(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const name = String(data.get('name')).trim();
    await this.#try(async () => {
      const settings = settingsOf(data);
      await describeSign(this.sign.signId, { name, settings });
      return `Saved. It is called ${name}.`;
    });
  }

  async #move(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const storeGroupId = String(new FormData(event.target as HTMLFormElement).get('group'));
    await this.#try(async () => {
      const { results } = await assignSigns({ signIds: [this.sign.signId], storeGroupId });
      const refused = results[0]?.refused ?? null;
      if (refused !== null) throw new Error(refused);
      return `Moved to ${placeWords(this.live.overview, storeGroupId)}.`;
    });
  }

  async #try(act: () => Promise<string>): Promise<void> {
    try {
      this.said = await act();
      this.wrong = false;
      await this.live.refreshFleet(this.sign.signId);
    } catch (problem) {
      this.said = problemWords(problem);
      this.wrong = true;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sign-place': SignPlace;
  }
}
