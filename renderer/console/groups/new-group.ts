import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { idSchema } from '../../../cloud/contracts/identifiers.ts';
import { problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import type { Live } from '../live/live.ts';
import { changeMembers } from './group-acts.ts';
import { groupRows } from './group-list.ts';
import { storeChoice } from './store-choice.ts';

/** A group begins with the stores that are in it. Gives `made` with its id, or `leave`. */
@customElement('new-group')
export class NewGroup extends LightElement {
  @property({ attribute: false }) live!: Live;
  @state() private problem = '';
  @state() private isBusy = false;

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  protected override render(): TemplateResult {
    const { problem } = this;
    return html`<form class="card new-group" @submit=${this.#submit} novalidate>
      <header><h2>New group</h2></header>
      <label class="lab">Name of the group
        <input class="in" name="group" maxlength="63" autocomplete="off" spellcheck="false" placeholder="north" aria-invalid=${problem === '' ? nothing : 'true'}></label>
      ${storeChoice(this.live, new Set(), 'Stores in it')}
      ${problem === '' ? nothing : html`<p class="wrong" role="alert">${problem}</p>`}
      <div class="acts">
        <button class="btn go" type="submit" ?disabled=${this.isBusy}>Make the group</button>
        <button class="btn" type="button" @click=${() => this.dispatchEvent(new CustomEvent('leave'))}>Leave it</button>
        <span class="q">The stores stay in the groups that they are in.</span>
      </div>
    </form>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const group = idSchema.safeParse(String(data.get('group') ?? '').trim());
    const joining = data.getAll('store').map(String);
    this.problem = this.#problemOf(group.data, joining);
    if (group.data === undefined || this.problem !== '') return;
    this.isBusy = true;
    try {
      await changeMembers(group.data, { joining, leaving: [] });
      this.dispatchEvent(new CustomEvent('made', { detail: group.data }));
    } catch (problem) {
      this.problem = problemWords(problem);
    }
    this.isBusy = false;
    void this.live.refresh();
  };

  #problemOf(storeGroupId: string | undefined, joining: readonly string[]): string {
    if (storeGroupId === undefined)
      return 'Use 1 to 63 of a to z, 0 to 9 and dashes. Begin with a letter or a digit.';
    const rows = groupRows(this.live.overview, this.live.fleet);
    if (rows.some((row) => row.storeGroupId === storeGroupId))
      return 'There is a group of this name already.';
    return joining.length === 0 ? 'Choose at least one store.' : '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'new-group': NewGroup;
  }
}
