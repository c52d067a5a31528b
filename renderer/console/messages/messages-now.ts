import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon } from '../elements/icon.ts';
import { LightElement } from '../elements/light-element.ts';
import { PATHS } from '../view/router.ts';
import { counted } from '../view/words.ts';
import { MessageReading } from './message-reading.ts';
import { inForceFor } from './message-words.ts';

/** One line where messages stand on the signs of these groups; nothing where none does. */
@customElement('messages-now')
export class MessagesNow extends LightElement {
  /** Null: of any. */
  @property({ attribute: false }) groups: readonly string[] | null = null;
  readonly #reading = new MessageReading(this);

  protected override render(): TemplateResult | typeof nothing {
    const found = inForceFor(this.#reading.messages ?? [], this.groups, this.#reading.nowMs());
    const [first] = found;
    if (first === undefined) return nothing;
    const open = found.length === 1 ? `?${new URLSearchParams({ open: first.messageId })}` : '';
    return html`<p class="messages-now">${icon('message')}<a class="under-line" href=${PATHS.messages + open}>${counted(found.length, 'message')} on the signs</a>
      <span dir="auto">${first.text}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'messages-now': MessagesNow;
  }
}
