import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LightElement } from '../elements/light-element.ts';
import { SecondsController } from '../elements/seconds-controller.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { clockSecondsWords } from '../view/words.ts';
import { type AskedCommand, receiptsOf } from './asked-command.ts';
import { type Receipt, receiptsSummary } from './receipt.ts';
import { screenshotImage } from './sign-screenshot.ts';
import { COMMAND_WORDS } from './sign-words.ts';

const STEPS_DONE: Readonly<Record<Receipt['state'], number>> = {
  waits: 1,
  sent: 1,
  received: 2,
  done: 3,
  failed: 0,
};

/** What became of one command, sign by sign, as the signs tell it. */
@customElement('command-receipts')
export class CommandReceipts extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @property({ attribute: false }) asked: AskedCommand | undefined;

  constructor() {
    super();
    new SecondsController(this);
    new LiveController(this, () => this.live);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { asked, live } = this;
    if (asked === undefined || live === undefined) return nothing;
    const receipts = receiptsOf(asked, live.fleet?.signs ?? [], live.serverNowMs());
    const { name } = COMMAND_WORDS[asked.kind];
    return html`<div class="receipts">
      <p class="rhead" role="status">
        <b>${name}</b>, sent ${clockSecondsWords(asked.atMs)} by you.
        <b>${receiptsSummary(receipts.map(({ receipt }) => receipt))}</b>
      </p>
      <ol>
        ${receipts.map(
          ({ signId, sign, receipt }) => html`<li class="rc-${receipt.state}">
            <span class="steps" aria-hidden="true">
              ${[1, 2, 3].map((step) => html`<i class=${step <= STEPS_DONE[receipt.state] ? 'd' : ''}></i>`)}
            </span>
            <b>${sign}</b><small>${sentence(receipt.words)}</small>${this.#picture(signId, receipt)}
          </li>`,
        )}
      </ol>
    </div>`;
  }

  /** Of many screenshots each is shown where its receipt stands. */
  #picture(signId: string, { state }: Receipt): TemplateResult | typeof nothing {
    const { asked, live } = this;
    const sign = live?.fleet?.signs.find((each) => each.signId === signId);
    const isOne = asked?.kind === 'screenshot' && asked.targets.length > 1;
    if (!isOne || state !== 'done' || live === undefined || sign?.screenshotAtMs == null) return nothing;
    return screenshotImage(sign, sign.screenshotAtMs, live.serverNowMs());
  }
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

declare global {
  interface HTMLElementTagNameMap {
    'command-receipts': CommandReceipts;
  }
}
