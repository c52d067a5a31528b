import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ListedMessage, MessageReceipts } from '../../../cloud/contracts/message.ts';
import { problemWords } from '../api/ask.ts';
import { followSeconds } from '../elements/seconds.ts';
import { readMessages, readReceipts } from './message-acts.ts';
import { isInForce } from './message-words.ts';

/** Which sign painted what is told by no push. */
const LOOK_AGAIN_S = 4;
/** Somebody else may send one. */
const LOOK_FOR_NEW_S = 20;

/** The messages, and the receipts of the open one; read again for as long as somebody looks. */
export class MessageReading implements ReactiveController {
  messages: readonly ListedMessage[] | null = null;
  /** The cloud's clock minus this page's. */
  clockOffsetMs = 0;
  problem = '';
  receipts: MessageReceipts | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #openId: () => string;
  #seconds = 0;
  #reading: Promise<void> | undefined;
  #unfollow: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, openId: () => string = () => '') {
    this.#host = host;
    this.#openId = openId;
    host.addController(this);
  }

  nowMs(): number {
    return Date.now() + this.clockOffsetMs;
  }

  hostConnected(): void {
    this.#unfollow = followSeconds(() => this.#second());
    document.addEventListener('visibilitychange', this.#seen);
    void this.read();
  }

  hostDisconnected(): void {
    this.#unfollow?.();
    document.removeEventListener('visibilitychange', this.#seen);
  }

  hostUpdate(): void {
    const openId = this.#openId();
    if (openId !== '' && openId !== this.receipts?.message.messageId && this.#askedFor !== openId)
      void this.read();
  }

  #askedFor = '';

  /** One reading at a time: who asks meanwhile is given that one. */
  read(): Promise<void> {
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined;
      this.#host.requestUpdate();
    });
    return this.#reading;
  }

  /** One that was changed by this page: shown before all is read again. */
  told(message: ListedMessage): void {
    const others = (this.messages ?? []).filter(({ messageId }) => messageId !== message.messageId);
    this.messages = [...others, message].toSorted((one, other) => other.sentAtMs - one.sentAtMs);
    this.#host.requestUpdate();
    void this.read();
  }

  async #readNow(): Promise<void> {
    const openId = this.#openId();
    this.#askedFor = openId;
    this.#seconds = 0;
    const [list, receipts] = await Promise.allSettled([
      readMessages(),
      openId === '' ? undefined : readReceipts(openId),
    ]);
    if (list.status === 'fulfilled') {
      this.messages = list.value.messages;
      this.clockOffsetMs = list.value.nowMs - Date.now();
    }
    if (receipts.status === 'fulfilled') this.receipts = receipts.value;
    const failed = [list, receipts].find((one) => one.status === 'rejected');
    this.problem = failed === undefined ? '' : problemWords(failed.reason);
  }

  #second(): void {
    this.#seconds += 1;
    const stands = this.messages?.some((message) => isInForce(message, this.nowMs())) ?? false;
    if (stands) this.#host.requestUpdate();
    if (document.visibilityState === 'visible' && this.#seconds >= (stands ? LOOK_AGAIN_S : LOOK_FOR_NEW_S))
      void this.read();
  }

  readonly #seen = (): void => {
    if (document.visibilityState === 'visible') void this.read();
  };
}
