import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ListedMessage } from '../../../cloud/contracts/message.ts';
import { problemWords } from '../api/ask.ts';
import { icon } from '../elements/icon.ts';
import { KeysController } from '../elements/keys-controller.ts';
import { LightElement } from '../elements/light-element.ts';
import { mayAs } from '../elements/rail.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { AddressController, fromAddress, searchWith } from '../view/address.ts';
import { moveThrough } from '../view/list-keys.ts';
import { navigate } from '../view/navigate.ts';
import { PATHS } from '../view/router.ts';
import { isForTheField } from '../view/typing.ts';
import { takeBack } from './message-acts.ts';
import './message-compose.ts';
import { messageList } from './message-list.ts';
import { MessageReading } from './message-reading.ts';
import { headWords, isInForce } from './message-words.ts';

/** What people say to signs: those that stand now, and who painted them. */
@customElement('messages-page')
export class MessagesPage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @state() private said = '';
  @state() private problem = '';
  readonly #reading = new MessageReading(this, () => fromAddress('open'));

  constructor() {
    super();
    new LiveController(this, () => this.live);
    new AddressController(this);
    new KeysController(this, this.#pressed);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { live, problem, said } = this;
    if (live === undefined) return nothing;
    const { messages } = this.#reading;
    const nowMs = this.#reading.nowMs();
    const isWriting = this.#mayWrite && fromAddress('write') !== '';
    const wrong = problem === '' ? this.#reading.problem : problem;
    return html`<header class="head"><div>
        <h1 tabindex="-1">Messages</h1>
        <p class="under">${messages === null ? 'What people say to signs.' : headWords(messages.filter((each) => isInForce(each, nowMs)).length)}</p></div>
        ${this.#mayWrite ? html`<div class="acts"><button class="btn ${isWriting ? '' : 'go'}" type="button" aria-expanded=${isWriting} @click=${() => this.#write(!isWriting)}>${icon('message')}Write a message</button></div>` : nothing}
      </header>
      ${isWriting ? html`<message-compose .live=${live} .groups=${new URLSearchParams(location.search).getAll('group')} @leave=${() => this.#write(false)} @sent=${this.#sent}></message-compose>` : nothing}
      ${wrong === '' ? nothing : html`<p class="wrong" role="alert">${wrong}</p>`}
      <p class="done-line" role="status" ?hidden=${said === ''}>${said}</p>
      ${this.#list(messages, live, nowMs, isWriting)}`;
  }

  #list(
    messages: readonly ListedMessage[] | null,
    live: Live,
    nowMs: number,
    isWriting: boolean,
  ): TemplateResult | typeof nothing {
    if (messages === null)
      return this.#reading.problem === ''
        ? html`<p class="wait-words" role="status">Reading the messages</p>`
        : nothing;
    if (messages.length === 0)
      return isWriting
        ? nothing
        : html`<div class="empty"><p>Nobody has sent a message so far. Words of yours can stand on signs beside the figures, for as long as you say.</p></div>`;
    const { receipts } = this.#reading;
    return html`${messageList(messages, { live, nowMs, receipts, openId: fromAddress('open'), onTakeBack: (message) => void this.#takeBack(message) })}
      <p class="keys" aria-hidden="true"><span><kbd>J</kbd> <kbd>K</kbd> move</span><span><kbd>Enter</kbd> who painted it</span>
        ${this.#mayWrite ? html`<span><kbd>W</kbd> write a message</span>` : nothing}<span><kbd>Esc</kbd> close</span><span><kbd>?</kbd> all keys</span></p>`;
  }

  get #mayWrite(): boolean {
    return mayAs(this.live?.person?.role, 'manager');
  }

  #write(isWriting: boolean): void {
    Object.assign(this, { said: '', problem: '' });
    navigate(
      location.pathname + (isWriting ? searchWith({ write: '1' }) : searchWith({ write: '', group: '' })),
    );
    if (!isWriting) this.querySelector<HTMLElement>('.head .acts button')?.focus();
  }

  readonly #sent = ({ detail }: CustomEvent<ListedMessage>): void => {
    this.#reading.told(detail);
    navigate(`${PATHS.messages}?${new URLSearchParams({ open: detail.messageId })}`, { replace: true });
    this.problem = '';
    this.said = 'Sent. Signs show it within seconds, and each says here when it painted it.';
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('tr.on .c-words a')?.focus());
  };

  async #takeBack({ messageId }: ListedMessage): Promise<void> {
    Object.assign(this, { said: '', problem: '' });
    try {
      this.#reading.told(await takeBack(messageId));
      this.said = 'Taken back. Signs drop it within seconds.';
    } catch (problem) {
      this.problem = problemWords(problem);
    }
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    moveThrough(event, this.querySelectorAll<HTMLElement>('.messages-t .c-words a'), null);
    if (isForTheField(event)) return;
    const isWriting = fromAddress('write') !== '';
    if (event.key === 'Escape' && fromAddress('open') !== '')
      navigate(location.pathname + searchWith({ open: '' }));
    if (event.key === 'w' && this.#mayWrite && !isWriting) {
      event.preventDefault();
      this.#write(true);
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'messages-page': MessagesPage;
  }
}
