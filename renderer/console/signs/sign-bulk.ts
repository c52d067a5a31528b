import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { CommandKind } from '../../../cloud/contracts/sign-report.ts';
import { problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import type { Live } from '../live/live.ts';
import './ask-first.ts';
import type { AskFirst } from './ask-first.ts';
import { type AskedCommand, askedOf } from './asked-command.ts';
import './command-receipts.ts';
import { assignSigns, sendCommand } from './fleet-acts.ts';
import { groupOptions } from './group-options.ts';
import { placeWords } from './places.ts';
import { COMMAND_WORDS, nameOf, signs } from './sign-words.ts';

const KINDS: readonly CommandKind[] = ['identify', 'screenshot', 'reload', 'restart'];
/** Restarting more of them at once leaves a store without figures. */
const RESTART_UNASKED = 10;

/** What can be done with the selected signs, what it will do, and what became of it. */
@customElement('sign-bulk')
export class SignBulk extends LightElement {
  @property({ attribute: false }) live!: Live;
  @property({ attribute: false }) chosen: readonly ListedSign[] = [];
  @state() private asked: AskedCommand | undefined;
  @state() private told: CommandKind | 'assign' = 'identify';
  @state() private said = '';
  @state() private busy = false;
  @query('ask-first') private askFirst!: AskFirst;

  protected override render(): TemplateResult | typeof nothing {
    const { chosen, asked, said } = this;
    const none = chosen.length === 0;
    if (none && asked === undefined && said === '') return nothing;
    return html`<section class="bulk" aria-label="Selected signs">
        ${none ? nothing : this.#bar()}
        <p class="bulk-said" role="status">${said}</p>
        <command-receipts .live=${this.live} .asked=${asked}></command-receipts>
        ${
          asked === undefined && !(none && said !== '')
            ? nothing
            : html`<button class="btn plain dismiss" type="button" @click=${this.#dismiss}>Dismiss</button>`
        }
      </section>
      <ask-first></ask-first>`;
  }

  #bar(): TemplateResult {
    const { chosen, told, live } = this;
    const effect = told === 'assign' ? ASSIGN_EFFECT : COMMAND_WORDS[told].effect;
    const tell = (what: CommandKind | 'assign') => () => {
      this.told = what;
    };
    return html`<div class="bulkbar">
        <b>${chosen.length} selected</b>
        <span class="gap"></span>
        <form class="assign" @submit=${this.#assign} @focusin=${tell('assign')} @pointerenter=${tell('assign')}>
          <select class="in" name="group" aria-label="Group to assign to" required>
            <option value="">Assign to…</option>
            ${groupOptions(live.overview)}
          </select>
          <button class="btn" ?disabled=${this.busy}>Assign</button>
        </form>
        ${KINDS.map(
          (
            kind,
          ) => html`<button class="btn" type="button" ?disabled=${this.busy} @click=${() => this.#send(kind)}
            @focus=${tell(kind)} @pointerenter=${tell(kind)}>${COMMAND_WORDS[kind].name}</button>`,
        )}
        <button class="btn plain" type="button" @click=${this.#clear}>Clear</button>
      </div>
      <p class="bulk-effect">
        <b>${told === 'assign' ? 'Assign' : COMMAND_WORDS[told].name}</b>: each sign ${effect}
      </p>`;
  }

  async #send(kind: CommandKind): Promise<void> {
    const { chosen, live } = this;
    if (kind === 'restart' && chosen.length > RESTART_UNASKED) {
      const words = `${signs(chosen.length)} will be empty for some seconds, all at once.`;
      const question = {
        heading: `Restart ${signs(chosen.length)}?`,
        words,
        act: `Restart ${chosen.length}`,
      };
      if (!(await this.askFirst.ask(question))) return;
    }
    await this.#try(async () => {
      const answer = await sendCommand(
        chosen.map(({ signId }) => signId),
        kind,
      );
      this.asked = askedOf(kind, chosen, answer, live.serverNowMs());
      this.said = '';
      await live.refreshFleet();
    });
  }

  async #assign(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const storeGroupId = String(new FormData(event.target as HTMLFormElement).get('group'));
    const { chosen, live } = this;
    await this.#try(async () => {
      const { results } = await assignSigns({ signIds: chosen.map(({ signId }) => signId), storeGroupId });
      const refused = results.flatMap(({ signId, refused }) => {
        const sign = chosen.find((each) => each.signId === signId);
        return refused === null ? [] : [`${sign ? nameOf(sign) : signId}: ${refused}`];
      });
      const done = results.length - refused.length;
      this.said = [`${signs(done)} assigned to ${placeWords(live.overview, storeGroupId)}.`, ...refused].join(
        ' ',
      );
      await live.refreshFleet();
    });
  }

  async #try(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await act();
    } catch (problem) {
      this.said = problemWords(problem);
    } finally {
      this.busy = false;
    }
  }

  #clear(): void {
    this.dispatchEvent(new CustomEvent('clear-selection', { bubbles: true }));
  }

  #dismiss(): void {
    this.asked = undefined;
    this.said = '';
  }
}

const ASSIGN_EFFECT = 'shows that group within a second, and says when it is on the glass.';

declare global {
  interface HTMLElementTagNameMap {
    'sign-bulk': SignBulk;
  }
}
