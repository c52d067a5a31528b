import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { CommandKind } from '../../../cloud/contracts/sign-report.ts';
import { problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import { SecondsController } from '../elements/seconds-controller.ts';
import '../elements/v-sign-state.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { sinceWords, spanWords } from '../view/words.ts';
import './ask-first.ts';
import type { AskFirst } from './ask-first.ts';
import { type AskedCommand, askedOf } from './asked-command.ts';
import { clonesNote } from './clones-note.ts';
import './command-receipts.ts';
import { revokeSign, sendCommand } from './fleet-acts.ts';
import { glassPicture } from './glass-picture.ts';
import { glassView } from './glass-view.ts';
import { replaceLink } from './links.ts';
import { placeWords } from './places.ts';
import './sign-place.ts';
import { signScreenshot } from './sign-screenshot.ts';
import { COMMAND_WORDS, nameOf } from './sign-words.ts';
import { type WhyStep, whyChain } from './why-chain.ts';
import { reportText, whyLead } from './why-lead.ts';

const KINDS: readonly CommandKind[] = ['reload', 'identify', 'screenshot', 'restart'];
const FOOT_LOOKS: Readonly<Record<CommandKind, string>> = {
  reload: 'go',
  identify: '',
  restart: 'desk-only',
  screenshot: 'desk-only',
};
const MARKS = { ok: '✓', problem: '✕', none: '' } as const;
const SPOKEN_MARKS = { ok: 'in order', problem: 'a problem', none: 'nothing to judge' } as const;

/** Why one screen shows what it shows: the answer, the chain behind it, and what can be done. */
@customElement('sign-why')
export class SignWhy extends LightElement {
  @property({ attribute: false }) live!: Live;
  /** Undefined: no such sign, or not for this person. */
  @property({ attribute: false }) sign: ListedSign | undefined;
  @state() private asked: AskedCommand | undefined;
  @state() private told: CommandKind = 'reload';
  @state() private said = '';
  @query('ask-first') private askFirst!: AskFirst;
  #shownId: string | undefined;

  constructor() {
    super();
    new SecondsController(this);
    new LiveController(this, () => this.live);
  }

  protected override willUpdate(): void {
    if (this.sign?.signId === this.#shownId) return;
    this.#shownId = this.sign?.signId;
    this.asked = undefined;
    this.said = '';
  }

  protected override render(): TemplateResult {
    const { sign, live } = this;
    return html`<aside class="why" aria-label="Why is this screen showing this?">
      <header>
        <div>
          <h2 tabindex="-1">Why is this screen showing this?</h2>
          ${
            sign === undefined
              ? nothing
              : html`<p class="q">${nameOf(sign)}, ${placeWords(live.overview, sign.storeGroupId)}. Fingerprint ${sign.fingerprint}</p>`
          }
        </div>
        <button class="btn plain" type="button" @click=${this.#close}>Close</button>
      </header>
      ${sign === undefined ? html`<p class="scrollx">There is no such sign here.</p>` : this.#answer(sign)}
      <ask-first></ask-first>
    </aside>`;
  }

  #answer(sign: ListedSign): TemplateResult {
    const { live } = this;
    const nowMs = live.serverNowMs();
    const { answer, where } = whyLead(sign, live.overview, nowMs);
    const heard =
      sign.heardAtMs === null
        ? 'It never reported.'
        : `As the glass said ${spanWords(nowMs - sign.heardAtMs)} ago.`;
    return html`<div class="scrollx">
        <figure>
          ${glassView(glassPicture(sign, live.overview))}
          <figcaption>
            <v-sign-state .state=${sign.state}></v-sign-state>
            <span class="q">Since ${sinceWords(sign.stateSinceMs, nowMs)}, for ${spanWords(nowMs - sign.stateSinceMs)}. ${heard}</span>
          </figcaption>
        </figure>
        <p class="answer"><b>${answer}</b> ${where}</p>
        ${clonesNote(sign, nowMs)} ${signScreenshot(sign, nowMs)}
        <ol class="chain">${whyChain(sign, live.overview, nowMs).map(chainStep)}</ol>
        ${this.#mayAct ? html`<sign-place .live=${live} .sign=${sign}></sign-place>` : nothing}
        ${this.#lastActs(sign)}
      </div>
      ${this.#footer(sign)}`;
  }

  #lastActs(sign: ListedSign): TemplateResult {
    // On a phone the foot has room for two acts only; the others stand here as well, and one of both is hidden.
    const phone = html`${
      this.#mayAct
        ? (['screenshot', 'restart'] as const).map(
            (kind) =>
              html`<button class="btn phone-only" type="button" @click=${() => this.#send(sign, kind)}>${COMMAND_WORDS[kind].name}</button>`,
          )
        : nothing
    }
      <button class="btn phone-only" type="button" @click=${() => this.#copy(sign)}>Copy report</button>`;
    if (!this.#mayAct) return html`<p class="acts last-acts">${phone}</p>`;
    const replace = html`<a class="btn" href=${replaceLink(sign.signId)}>Replace the device</a>`;
    return html`<p class="acts last-acts">
      ${sign.storeGroupId === null ? nothing : replace}
      <button class="btn danger" type="button" @click=${() => this.#revoke(sign)}>Revoke</button>
      ${phone}
    </p>`;
  }

  #footer(sign: ListedSign): TemplateResult {
    const { told } = this;
    const tell = (kind: CommandKind) => () => {
      this.told = kind;
    };
    return html`<footer>
      <p class="q" role="status">${this.said === '' && this.#mayAct ? `${COMMAND_WORDS[told].name}: the sign ${COMMAND_WORDS[told].effect}` : this.said}</p>
      <command-receipts .live=${this.live} .asked=${this.asked}></command-receipts>
      <p class="acts">
        ${
          this.#mayAct
            ? KINDS.map(
                (kind) => html`<button class="btn ${FOOT_LOOKS[kind]}" type="button" @focus=${tell(kind)}
                  @pointerenter=${tell(kind)} @click=${() => this.#send(sign, kind)}>${COMMAND_WORDS[kind].name}</button>`,
              )
            : nothing
        }
        <button class="btn desk-only" type="button" @click=${() => this.#copy(sign)}>Copy report</button>
      </p>
    </footer>`;
  }

  get #mayAct(): boolean {
    return (this.live.person?.role ?? 'viewer') !== 'viewer';
  }

  async #send(sign: ListedSign, kind: CommandKind): Promise<void> {
    await this.#try(async () => {
      const answer = await sendCommand([sign.signId], kind);
      this.asked = askedOf(kind, [sign], answer, this.live.serverNowMs());
      this.said = '';
      await this.live.refreshFleet(sign.signId);
    });
  }

  async #revoke(sign: ListedSign): Promise<void> {
    const words =
      `${nameOf(sign)} stops showing figures at once, and its key is refused from then on. ` +
      'To use the device again, clear its data and pair it anew. To keep name, group and history, replace it instead.';
    if (!(await this.askFirst.ask({ heading: `Revoke ${nameOf(sign)}?`, words, act: 'Revoke' }))) return;
    await this.#try(async () => {
      await revokeSign(sign.signId);
      await this.live.refreshFleet();
      this.#close();
    });
  }

  async #copy(sign: ListedSign): Promise<void> {
    const text = reportText(sign, this.live.overview, this.live.serverNowMs());
    await this.#try(async () => {
      await navigator.clipboard.writeText(text);
      this.said = 'The report is in the clipboard.';
    });
  }

  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (problem) {
      this.said = problemWords(problem);
    }
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('close-why', { bubbles: true }));
  }
}

const chainStep = ({ title, mark, lead, detail, ageMs }: WhyStep): TemplateResult =>
  html`<li class="w-${mark}">
    <span class="node" role="img" aria-label=${SPOKEN_MARKS[mark]}>${MARKS[mark]}</span>
    <h3>${title}</h3>
    <p><b>${lead}</b><small>${detail}</small></p>
    <span class="age">${ageMs === null ? nothing : spanWords(ageMs)}</span>
  </li>`;

declare global {
  interface HTMLElementTagNameMap {
    'sign-why': SignWhy;
  }
}
