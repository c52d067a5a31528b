import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { PairingClaim } from '../../../cloud/contracts/pairing.ts';
import { type Board, boardSchema } from '../../../cloud/contracts/sign-report.ts';
import { LightElement } from '../elements/light-element.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { sinceWords } from '../view/words.ts';
import { boardPicture, type GlassPicture, plainPicture } from './glass-picture.ts';
import { glassView } from './glass-view.ts';
import { groupOptions } from './group-options.ts';
import { effectWords } from './pairing-words.ts';
import { isCounted, placeWords, storesOfGroup } from './places.ts';
import { farField } from './settings-fields.ts';
import { settingsOf } from './settings-of.ts';
import { darkOfGroup } from './sign-list.ts';
import { BOARD_WORDS, nameOf } from './sign-words.ts';

const MAX_OFFERS = 2;
/** A claim that lacks its code. */
export type Place = PairingClaim extends infer C ? (C extends unknown ? Omit<C, 'code'> : never) : never;

/** What the new sign will show: a place of its own, or that of a sign that went dark. Gives `place-chosen`. */
@customElement('pair-place')
export class PairPlace extends LightElement {
  @property({ attribute: false }) live!: Live;
  @property() replaces: string | null = null;
  @property({ type: Boolean }) busy = false;
  @property() problem = '';
  @state() private storeGroupId = '';
  @state() private board: Board = 'manager';

  constructor() {
    super();
    new LiveController(this, () => this.live);
  }

  protected override willUpdate(): void {
    const groups = this.live.overview?.storeGroups ?? [];
    if (this.storeGroupId === '' && groups.length === 1) this.storeGroupId = groups[0]?.storeGroupId ?? '';
  }

  protected override render(): TemplateResult {
    const fleet = this.live.fleet?.signs ?? [];
    const old = fleet.find(({ signId, revokedAtMs }) => signId === this.replaces && revokedAtMs === null);
    const wrong = html`<p class="wrong" role="alert">${this.problem}</p>`;
    if (old !== undefined) return html`${this.#offer(old)}${wrong}`;
    const offers = darkOfGroup(fleet, this.storeGroupId === '' ? null : this.storeGroupId);
    return html`${offers.slice(0, MAX_OFFERS).map((sign) => this.#offer(sign))} ${this.#form()} ${wrong}`;
  }

  #offer(sign: ListedSign): TemplateResult {
    const { live } = this;
    const name = nameOf(sign);
    const since =
      sign.state === 'dark'
        ? `is dark since ${sinceWords(sign.stateSinceMs, live.serverNowMs())}`
        : 'is to be replaced';
    return html`<div class="hint">
      <p><b>${name}, ${placeWords(live.overview, sign.storeGroupId)} ${since}.</b>
        If this device stands in for it, it takes over name, group, board and history. The old device is revoked.</p>
      <button class="btn" type="button" ?disabled=${this.busy} @click=${() => this.#choose({ replaces: sign.signId })}>Replace ${name}</button>
    </div>`;
  }

  #form(): TemplateResult {
    const { live, storeGroupId, board } = this;
    return html`<form @submit=${this.#submit} @change=${this.#changed}>
      <div class="frow">
        <label class="lab grow">Name<input class="in" name="name" required maxlength="80" autocomplete="off" placeholder="Where it hangs, such as Passage, left of the lift"></label>
        <label class="lab grow">Store group
          <select class="in" name="group" required>
            <option value="">Choose</option>
            ${groupOptions(live.overview, storeGroupId)}
          </select>
        </label>
        ${farField(undefined)}
      </div>
      <fieldset class="bcards"><legend class="unseen">Board</legend>
        ${boardSchema.options.map(
          (each) => html`<label class="bcard">
            ${glassView(this.#pictureOf(each))}
            <span><b>${BOARD_WORDS[each].name}</b><small>${BOARD_WORDS[each].what}</small></span>
            <input type="radio" name="board" value=${each} .checked=${board === each}>
          </label>`,
        )}
      </fieldset>
      <div class="pgo">
        <p>${this.#effect()}</p>
        <button class="btn go" ?disabled=${this.busy}>${this.busy ? 'Pairing' : 'Pair this sign'}</button>
      </div>
    </form>`;
  }

  #effect(): TemplateResult {
    const { live, storeGroupId, board } = this;
    if (storeGroupId === '') return html`Choose a store group, and what will be on the glass stands here.`;
    const { shows, follows } = effectWords(live.overview, { storeGroupId, board }, live.serverNowMs());
    return html`Within a second this screen will show <b>${shows}</b> and follow ${follows}. You can move or revoke it at any time.`;
  }

  #pictureOf(board: Board): GlassPicture {
    const { live } = this;
    const stores = storesOfGroup(live.overview, this.storeGroupId);
    const store = stores[0] ?? live.overview?.stores[0]?.snapshot;
    if (board === 'wall' || store === undefined) {
      const words = `${stores.length} ${stores.length === 1 ? 'store' : 'stores'}`;
      return plainPicture(stores.length === 0 ? BOARD_WORDS[board].name : words);
    }
    return boardPicture(board, store, isCounted(store, live.serverNowMs()) ? store.content.state : 'unknown');
  }

  #changed(event: Event): void {
    const data = new FormData(event.currentTarget as HTMLFormElement);
    this.storeGroupId = String(data.get('group'));
    this.board = boardSchema.parse(data.get('board'));
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const name = String(data.get('name')).trim();
    this.#choose({ name, storeGroupId: this.storeGroupId, settings: settingsOf(data) });
  }

  #choose(place: Place): void {
    this.dispatchEvent(new CustomEvent<Place>('place-chosen', { detail: place }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pair-place': PairPlace;
  }
}
