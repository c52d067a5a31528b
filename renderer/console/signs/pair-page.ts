import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { PairingLook } from '../../../cloud/contracts/pairing.ts';
import { problemWords } from '../api/ask.ts';
import { icon } from '../elements/icon.ts';
import { LightElement } from '../elements/light-element.ts';
import { SecondsController } from '../elements/seconds-controller.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { navigate } from '../view/navigate.ts';
import { PATHS } from '../view/router.ts';
import { claimCode, lookAtCode } from './fleet-acts.ts';
import './pair-done.ts';
import type { PairedSign } from './pair-done.ts';
import { pairMatch } from './pair-match.ts';
import './pair-place.ts';
import type { Place } from './pair-place.ts';
import { codeLetters, groupedCode, isWhole, SAFETY_WORDS, strangersIn } from './pairing-words.ts';
import { countdownWords } from './time-words.ts';

const GROUP_OF_LETTERS = 4;

type Progress =
  | { readonly kind: 'code'; readonly problem: string }
  | { readonly kind: 'looking' }
  | {
      readonly kind: 'seen';
      readonly look: PairingLook;
      readonly endsAtMs: number;
      readonly matched: boolean;
    }
  | { readonly kind: 'paired'; readonly paired: PairedSign };

/** Gives a screen its place: its code, whether it is the one in front of the reader, and what it will show. */
@customElement('pair-page')
export class PairPage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  /** As it stood in the address, after the `#`. */
  @property() code = '';
  @property() replaces: string | null = null;
  @state() private typed = '';
  @state() private progress: Progress = { kind: 'code', problem: '' };
  @state() private claimProblem = '';
  @state() private busy = false;
  @query('#pair-code') private input!: HTMLInputElement | null;

  constructor() {
    super();
    new LiveController(this, () => this.live);
    new SecondsController(this, () => this.#second());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('code') && this.code !== '' && codeLetters(this.code) !== codeLetters(this.typed)) {
      this.#typedCode(this.code);
    }
  }

  protected override firstUpdated(): void {
    if (this.typed === '') this.input?.focus();
  }

  protected override render(): TemplateResult {
    const { live, progress } = this;
    if (live === undefined) return html`<p class="wait-words">Reading the stores.</p>`;
    if ((live.person?.role ?? 'viewer') === 'viewer')
      return html`<p class="empty">Managers pair signs. Ask one of them.</p>`;
    if (progress.kind === 'paired') {
      return html`<pair-done .live=${live} .paired=${progress.paired} @pair-next=${this.#next}></pair-done>`;
    }
    const seen = progress.kind === 'seen' ? progress : undefined;
    const matched = seen?.matched === true;
    return html`      <header class="head">
        <p class="crumb"><a href=${PATHS.signs}>Signs</a>${icon('chevron')}</p>
        <div><h1 tabindex="-1">Pair a sign</h1>
        <p class="under">The code is on the glass. It works once, for ten minutes.</p></div>
      </header>
      <div class="pgrid"><div>
        ${section(1, html`Code ${this.#codeAge(seen)}`, seen ? 'done' : 'now', this.#codeField())}
        ${section(
          2,
          'Is it the sign in front of you?',
          matched ? 'done' : seen ? 'now' : '',
          seen === undefined
            ? nothing
            : pairMatch(seen.look, live, {
                matched,
                onMatch: () => this.#match(seen),
                onDiffer: () => this.#differ(),
              }),
        )}
        ${section(
          3,
          'What it will show',
          matched ? 'now' : '',
          matched
            ? html`<pair-place .live=${live} .replaces=${this.replaces} .busy=${this.busy} .problem=${this.claimProblem}
                @place-chosen=${(event: CustomEvent<Place>) => this.#claim(seen, event.detail)}></pair-place>`
            : nothing,
        )}
      </div>${safety}</div>`;
  }

  #codeAge(seen: Extract<Progress, { kind: 'seen' }> | undefined): TemplateResult | typeof nothing {
    if (seen === undefined || this.live === undefined) return nothing;
    return html`<small class="tn">good for ${countdownWords(seen.endsAtMs - this.live.serverNowMs())}</small>`;
  }

  #codeField(): TemplateResult {
    const { progress, typed } = this;
    const strangers = strangersIn(codeLetters(typed));
    const problem = progress.kind === 'code' ? strangers || progress.problem : strangers;
    return html`<label class="unseen" for="pair-code">Code on the glass</label>
      <input id="pair-code" class="in code" .value=${typed} maxlength="32" autocomplete="off" autocapitalize="characters"
        spellcheck="false" placeholder="XXXX-XXXX" aria-describedby="pair-hint pair-said" aria-invalid=${problem !== ''}
        @input=${this.#onInput}>
      <p class="q" id="pair-hint">Capitals or not, with or without the dash. There are no vowels and no digits to mix up.</p>
      <p class="wrong" id="pair-said" role="status">${progress.kind === 'looking' ? 'Looking for it.' : problem}</p>`;
  }

  #onInput(event: Event): void {
    const input = event.target as HTMLInputElement;
    const letters = codeLetters(input.value.slice(0, input.selectionStart ?? input.value.length)).length;
    this.#typedCode(input.value);
    input.value = this.typed;
    const caret = letters + (letters > GROUP_OF_LETTERS ? 1 : 0);
    input.setSelectionRange(caret, caret);
  }

  #typedCode(value: string): void {
    const before = codeLetters(this.typed);
    this.typed = groupedCode(value);
    const letters = codeLetters(value);
    if (letters === before) return;
    this.progress = { kind: 'code', problem: '' };
    if (isWhole(letters)) void this.#look(letters);
  }

  async #look(letters: string): Promise<void> {
    this.progress = { kind: 'looking' };
    const isStill = () => codeLetters(this.typed) === letters;
    try {
      const look = await lookAtCode(letters);
      if (!isStill()) return;
      const endsAtMs = (this.live?.serverNowMs() ?? 0) + look.expiresInSeconds * 1_000;
      this.progress = { kind: 'seen', look, endsAtMs, matched: false };
      await this.updateComplete;
      this.querySelector<HTMLElement>('.match .btn')?.focus();
    } catch (problem) {
      if (isStill()) this.progress = { kind: 'code', problem: problemWords(problem) };
    }
  }

  async #match(seen: Extract<Progress, { kind: 'seen' }>): Promise<void> {
    this.progress = { ...seen, matched: true };
    this.claimProblem = '';
    await this.updateComplete;
    const place = this.querySelector('pair-place');
    await place?.updateComplete;
    place?.querySelector<HTMLElement>('.hint .btn, input[name=name]')?.focus();
  }

  #differ(): void {
    this.#restart();
    const problem = 'Then it is another screen. Nothing was changed. Look again at the code on yours.';
    this.progress = { kind: 'code', problem };
  }

  async #claim({ look }: Extract<Progress, { kind: 'seen' }>, place: Place): Promise<void> {
    const { live } = this;
    if (live === undefined || this.busy) return;
    this.busy = true;
    this.claimProblem = '';
    const pressedAtMs = live.serverNowMs();
    try {
      const { signId, storeGroupId } = await claimCode({ ...place, code: codeLetters(this.typed) });
      const claimedAtMs = live.serverNowMs();
      const { fingerprint } = look;
      this.progress = {
        kind: 'paired',
        paired: { signId, storeGroupId, fingerprint, pressedAtMs, claimedAtMs },
      };
      void live.refreshFleet();
    } catch (problem) {
      this.claimProblem = problemWords(problem);
    } finally {
      this.busy = false;
    }
  }

  #next(): void {
    // The code and the sign to replace, which may stand in the address, are done with.
    navigate(PATHS.pair, { replace: true });
    this.replaces = null;
    void this.#restart();
  }

  async #restart(): Promise<void> {
    this.typed = '';
    this.progress = { kind: 'code', problem: '' };
    await this.updateComplete;
    this.input?.focus();
  }

  #second(): void {
    const { progress, live } = this;
    if (progress.kind !== 'seen' || live === undefined) return;
    this.requestUpdate();
    if (live.serverNowMs() < progress.endsAtMs) return;
    this.progress = { kind: 'code', problem: 'This code has ended. The glass shows a new one by now.' };
    this.typed = '';
  }
}

const section = (
  step: number,
  heading: string | TemplateResult,
  state: 'done' | 'now' | '',
  content: TemplateResult | typeof nothing,
): TemplateResult =>
  html`<section class="pstep ${state}">
    <span class="pn" aria-hidden="true">${state === 'done' ? '✓' : step}</span>
    <div><h2>${heading}</h2>${content}</div>
  </section>`;

const safety = html`<aside class="plook">
  <h2>How safe is the code?</h2>
  <p class="q">${SAFETY_WORDS}</p>
</aside>`;

declare global {
  interface HTMLElementTagNameMap {
    'pair-page': PairPage;
  }
}
