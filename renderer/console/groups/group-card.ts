import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DailyReset } from '../../../cloud/contracts/daily-reset.ts';
import { problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import { mayAs, mayTransfer } from '../elements/rail.ts';
import type { Live } from '../live/live.ts';
import { PATHS } from '../view/router.ts';
import { counted } from '../view/words.ts';
import { changeMembers, keepGroup, readGroup } from './group-acts.ts';
import type { GroupRow } from './group-list.ts';
import { storeChoice } from './store-choice.ts';

/** One group: its stores, its signs, and when its stores begin anew. */
@customElement('group-card')
export class GroupCard extends LightElement {
  @property({ attribute: false }) live!: Live;
  @property({ attribute: false }) row!: GroupRow;
  @property({ type: Boolean }) open = false;
  @state() private reset: DailyReset | null = null;
  @state() private isRead = false;
  @state() private said = '';
  @state() private problem = '';
  @state() private isBusy = false;

  protected override firstUpdated(): void {
    void this.#read();
  }

  protected override render(): TemplateResult {
    const { row, open } = this;
    const { storeGroupId, stores, signs } = row;
    const names = stores.map(({ name }) => name).join(', ');
    return html`<div class="group-row">
        <button class="row-open" type="button" aria-expanded=${open} @click=${() => this.dispatchEvent(new CustomEvent('toggle-group'))}>${storeGroupId}</button>
        <span class="group-stores">${counted(stores.length, 'store')}<small>${names}</small></span>
        <span class="group-reset">${this.#resetWords()}</span>
        <span class="group-signs">${
          signs === 0
            ? 'No sign'
            : html`<a class="under-line" href=${`${PATHS.signs}?text=${encodeURIComponent(storeGroupId)}`}>${counted(signs, 'sign')}<span class="unseen"> of ${storeGroupId}</span></a>`
        }</span>
      </div>
      ${open ? this.#detail() : nothing}`;
  }

  #resetWords(): string {
    if (!this.isRead) return '';
    return this.reset === null ? 'No daily reset' : `Set to ${this.reset.to} at ${this.reset.at}`;
  }

  #detail(): TemplateResult {
    const { live, row } = this;
    const mayReset = mayTransfer(live.person);
    const mayJoin = mayAs(live.person?.role, 'admin');
    return html`<div class="group-detail">
      ${
        mayReset
          ? html`<form class="ef short" @submit=${this.#keepReset} novalidate>
              <label class="lab">Every day at <input class="in" type="time" name="at" .value=${this.reset?.at ?? ''}></label>
              <label class="lab">people are set to <input class="in" type="number" name="to" min="0" step="1" .value=${String(this.reset?.to ?? 0)}></label>
              <div class="acts"><button class="btn" type="submit" ?disabled=${this.isBusy}>Keep the reset</button>
                <span class="q">For stores of the group that have none of their own. No time: never.</span></div>
            </form>`
          : nothing
      }
      ${
        mayJoin
          ? html`<form @submit=${this.#keepStores} novalidate>
              ${storeChoice(live, new Set(row.stores.map(({ id }) => id)), 'Stores of this group')}
              <div class="acts"><button class="btn" type="submit" ?disabled=${this.isBusy}>Keep the stores</button>
                <span class="q">${row.signs === 0 ? 'No sign is in this group.' : `${counted(row.signs, 'sign')} of the group will show them.`}</span></div>
            </form>`
          : nothing
      }
      ${this.problem === '' ? nothing : html`<p class="wrong" role="alert">${this.problem}</p>`}
      <p class="done-line" role="status">${this.said}</p>
    </div>`;
  }

  async #read(): Promise<void> {
    try {
      this.reset = (await readGroup(this.row.storeGroupId)).dailyReset;
      this.isRead = true;
    } catch {
      // A group that only signs name is described nowhere.
      this.isRead = false;
    }
  }

  readonly #keepReset = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const at = String(data.get('at') ?? '').slice(0, 5);
    const dailyReset = at === '' ? null : { at, to: Number(data.get('to') ?? 0) };
    await this.#run(async () => {
      await keepGroup(this.row.storeGroupId, { dailyReset });
      this.reset = dailyReset;
      return dailyReset === null
        ? 'Its stores are not reset by the group any more.'
        : 'Kept. It holds from the next day on.';
    });
  };

  readonly #keepStores = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget as HTMLFormElement).getAll('store').map(String);
    const now = this.row.stores.map(({ id }) => id);
    const joining = chosen.filter((id) => !now.includes(id));
    const leaving = now.filter((id) => !chosen.includes(id));
    if (joining.length + leaving.length === 0) {
      this.said = 'Nothing was changed.';
      return;
    }
    await this.#run(async () => {
      await changeMembers(this.row.storeGroupId, { joining, leaving });
      return `${counted(joining.length, 'store')} joined, ${counted(leaving.length, 'store')} left.`;
    });
  };

  async #run(act: () => Promise<string>): Promise<void> {
    this.isBusy = true;
    this.problem = '';
    this.said = '';
    try {
      this.said = await act();
    } catch (problem) {
      this.problem = problemWords(problem);
    }
    this.isBusy = false;
    void this.live.refresh();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'group-card': GroupCard;
  }
}
