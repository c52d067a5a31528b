import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { type ListedMessage, MAX_MESSAGE_LETTERS } from '../../../cloud/contracts/message.ts';
import { lettersIn, MAX_MESSAGE_UNITS } from '../../../cloud/contracts/message-request.ts';
import { problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import { seesAll } from '../elements/rail.ts';
import { SecondsController } from '../elements/seconds-controller.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import '../signs/ask-first.ts';
import type { AskFirst } from '../signs/ask-first.ts';
import { counted } from '../view/words.ts';
import { audienceCards, groupTicks, priorityCards } from './compose-choices.ts';
import { composeSide } from './compose-side.ts';
import { dropMessageDraft, keepMessageDraft, keptMessageDraft } from './kept-message-draft.ts';
import { sendMessage } from './message-acts.ts';
import {
  closingAtMs,
  type DraftProblem,
  isGrave,
  MAX_MINUTES,
  type MessageDraft,
  minutesOf,
  newDraft,
  problemOf,
  requestOf,
  SPANS,
  wordsOf,
} from './message-draft.ts';
import { type Reach, reachOf } from './message-reach.ts';
import { untilWords } from './message-words.ts';

const MINUTE_MS = 60_000;

/** Writes a message to signs. Gives `sent` with the message, or `leave`. */
@customElement('message-compose')
export class MessageCompose extends LightElement {
  @property({ attribute: false }) live!: Live;
  /** Ticked from the start. */
  @property({ attribute: false }) groups: readonly string[] = [];
  @state() private draft: MessageDraft | undefined;
  @state() private problem: DraftProblem | undefined;
  @state() private refused = '';
  @state() private isSending = false;
  /** It was written before, and the page was left. */
  @state() private isFromBefore = false;
  @query('ask-first') private askFirst!: AskFirst;

  constructor() {
    super();
    new LiveController(this, () => this.live);
    new SecondsController(this);
  }

  protected override willUpdate(): void {
    if (this.draft !== undefined) return;
    const mine = this.live.overview?.storeGroups.map(({ storeGroupId }) => storeGroupId) ?? [];
    const asked = this.groups.filter((group) => mine.includes(group));
    const mayAll = seesAll(this.live.person);
    const fresh = newDraft(asked.length === 0 && !mayAll && mine.length === 1 ? mine : asked, mayAll);
    const kept = keptMessageDraft(fresh, this.#writer, sessionStorage);
    this.isFromBefore = kept !== undefined;
    // What the person may write to can have changed since.
    this.draft =
      kept === undefined
        ? fresh
        : {
            ...kept,
            allSigns: kept.allSigns && mayAll,
            groups: new Set([...kept.groups].filter((group) => mine.includes(group))),
          };
  }

  protected override firstUpdated(): void {
    // The frame takes the focus to the heading of a new page one frame after it went there.
    requestAnimationFrame(() => requestAnimationFrame(() => this.querySelector('textarea')?.focus()));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draft, live } = this;
    if (draft === undefined) return nothing;
    const nowMs = live.serverNowMs();
    const forMinutes = this.#minutes(draft);
    const reach = this.#reach(draft);
    return html`<form class="compose" aria-label="Write a message" novalidate @submit=${this.#submit} @keydown=${this.#pressed}>
        <div class="card compose-fields">
          ${this.isFromBefore ? html`<p class="q" role="status">You wrote this before. It was not sent.</p>` : nothing}
          ${this.#words(draft)}
          ${priorityCards(draft.priority, (priority) => this.#change({ priority }))}
          ${audienceCards(draft.audience, (audience) => this.#change({ audience }))}
          <label class="tick drill-tick"><input type="checkbox" name="drill" .checked=${draft.drill} @change=${(
            event: Event,
          ) => this.#change({ drill: (event.target as HTMLInputElement).checked })} />
            <span>It is a drill<small>The glass says so beside the words.</small></span></label>
          ${this.#scope(draft)} ${this.#span(draft, nowMs, forMinutes)}
        </div>
        ${composeSide({
          ...{ draft, live, reach, isSending: this.isSending },
          until: forMinutes === null ? '' : untilWords(nowMs + forMinutes * MINUTE_MS, nowMs),
          problem: this.problem?.words ?? this.refused,
          onLeave: () => this.#leave(),
        })}
      </form>
      <ask-first></ask-first>`;
  }

  #words({ text, secondText }: MessageDraft): TemplateResult {
    const wrong = this.problem?.field === 'text';
    return html`<div class="mwords">
      <label class="lab"><span class="lab-row">Words on the glass <small class="tn" aria-hidden="true">${lettersIn(wordsOf(text))} of ${MAX_MESSAGE_LETTERS}</small></span>
        <textarea class="in" name="text" rows="2" maxlength=${MAX_MESSAGE_UNITS} aria-invalid=${wrong ? 'true' : nothing} placeholder="Staff meeting at 15:30 in the back office"
          .value=${text} @input=${(event: Event) => this.#change({ text: (event.target as HTMLTextAreaElement).value })}></textarea></label>
      <label class="lab"><span class="lab-row">In a second language, if needed <small class="tn" aria-hidden="true">${lettersIn(wordsOf(secondText))} of ${MAX_MESSAGE_LETTERS}</small></span>
        <textarea class="in" name="secondText" rows="2" maxlength=${MAX_MESSAGE_UNITS}
          .value=${secondText} @input=${(event: Event) => this.#change({ secondText: (event.target as HTMLTextAreaElement).value })}></textarea></label>
    </div>`;
  }

  #scope(draft: MessageDraft): TemplateResult {
    const { overview, fleet, person } = this.live;
    const choose = (storeGroupId: string, isChosen: boolean) => {
      const groups = new Set(draft.groups);
      if (isChosen) groups.add(storeGroupId);
      else groups.delete(storeGroupId);
      this.#change({ groups });
    };
    const ticks = groupTicks({ known: overview, fleet, chosen: draft.groups, choose });
    const radio = (allSigns: boolean, words: string) =>
      html`<label><input type="radio" name="scope" .checked=${draft.allSigns === allSigns} @change=${() => this.#change({ allSigns })} />${words}</label>`;
    return html`<fieldset class="mpart"><legend>Which signs</legend>
      ${seesAll(person) ? html`<div class="seg">${radio(true, 'All signs')}${radio(false, 'Choose groups')}</div>` : nothing}
      ${draft.allSigns ? nothing : ticks}
    </fieldset>`;
  }

  #span(draft: MessageDraft, nowMs: number, forMinutes: number | null): TemplateResult {
    const closes = this.#closesAtMs(draft);
    const words = {
      '15 min': '15 min',
      '1 h': '1 h',
      'until closing': 'Until closing',
      other: 'Other',
    } as const;
    return html`<fieldset class="mpart"><legend>How long</legend>
      <div class="mspan"><div class="seg">${SPANS.map(
        (span) =>
          html`<label><input type="radio" name="span" .checked=${draft.span === span} ?disabled=${span === 'until closing' && closes === null && draft.span !== span}
            @change=${() => this.#change({ span })} />${words[span]}</label>`,
      )}</div>
      ${
        draft.span === 'other'
          ? html`<label class="mminutes"><input class="in" type="number" name="minutes" min="1" max=${MAX_MINUTES} step="1" inputmode="numeric" aria-label="Minutes"
              aria-invalid=${this.problem?.field === 'minutes' ? 'true' : nothing} .value=${draft.minutes}
              @input=${(event: Event) => this.#change({ minutes: (event.target as HTMLInputElement).value })} /> minutes</label>`
          : nothing
      }
      <span class="q">${forMinutes === null ? '' : `It ends by itself at ${untilWords(nowMs + forMinutes * MINUTE_MS, nowMs)}.`}
        ${closes === null ? 'When the stores close is not known.' : ''}</span></div>
    </fieldset>`;
  }

  #change(change: Partial<MessageDraft>): void {
    if (this.draft === undefined) return;
    this.draft = { ...this.draft, ...change };
    keepMessageDraft(this.draft, this.#writer, sessionStorage);
    this.problem = undefined;
    this.refused = '';
  }

  #closesAtMs(draft: MessageDraft): number | null {
    const { overview } = this.live;
    return overview === null ? null : closingAtMs(overview, draft, this.live.serverNowMs());
  }

  #minutes(draft: MessageDraft): number | null {
    return minutesOf(draft, this.#closesAtMs(draft), this.live.serverNowMs());
  }

  #reach(draft: MessageDraft): Reach {
    return reachOf(this.live.fleet?.signs ?? [], draft, this.live.serverNowMs());
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { draft } = this;
    if (draft === undefined || this.isSending) return;
    const forMinutes = this.#minutes(draft);
    this.problem = problemOf(draft, forMinutes);
    if (this.problem !== undefined || forMinutes === null) return this.#toProblem();
    if (isGrave(draft) && !(await this.askFirst.ask(alarmQuestion(this.#reach(draft))))) return;
    this.isSending = true;
    try {
      const detail = await sendMessage(requestOf(draft, forMinutes, this.live.person?.name ?? ''));
      dropMessageDraft(sessionStorage);
      this.dispatchEvent(new CustomEvent<ListedMessage>('sent', { detail }));
    } catch (problem) {
      this.refused = problemWords(problem);
    }
    this.isSending = false;
  };

  readonly #toProblem = (): void => {
    const names = { text: 'textarea', groups: '.group-ticks input', minutes: '[name=minutes]' } as const;
    if (this.problem !== undefined) this.querySelector<HTMLElement>(names[this.problem.field])?.focus();
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
      (event.currentTarget as HTMLFormElement).requestSubmit();
  };

  get #writer() {
    return { personId: this.live.person?.personId ?? '', askedFor: this.groups };
  }

  #leave(): void {
    dropMessageDraft(sessionStorage);
    this.dispatchEvent(new CustomEvent('leave'));
  }
}

const alarmQuestion = ({ signs }: Reach) => ({
  heading: 'Send an alarm to everyone?',
  words: `${counted(signs, 'sign')} will show it in red over nearly the whole glass, door boards to customers too. It does not say that it is a drill.`,
  act: 'Send the alarm',
});

declare global {
  interface HTMLElementTagNameMap {
    'message-compose': MessageCompose;
  }
}
