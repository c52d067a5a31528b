import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AnswerOutcome } from '../../cloud/contracts/answering.ts';
import type { AnswerAtSign } from '../../cloud/contracts/sign-report.ts';
import type { AnswerOffer, AnswerShown } from './view/answer-offer.ts';

export type SendAnswer = (asked: AnswerAtSign) => Promise<AnswerOutcome>;

type AnsweringOptions = {
  readonly offer: () => AnswerOffer | null;
  /** Undefined: the page cannot send any. */
  readonly send: () => SendAnswer | undefined;
  readonly steadyMs: () => number;
};

/** How long the glass says what came of it. One that was taken is told by the next snapshot. */
const SAID_FOR_MS = 10_000;
const KEYS: ReadonlySet<string> = new Set(['Enter', ' ']);

type Said = {
  readonly alertKey: string;
  readonly what: NonNullable<AnswerShown['said']>;
  /** Null: still on its way. */
  readonly sinceMs: number | null;
};

/** Enter, Space or a touch anywhere answers the alert that is offered. */
export class Answering implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: AnsweringOptions;
  #said: Said | null = null;

  constructor(host: ReactiveControllerHost, options: AnsweringOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('keydown', this.#pressed);
    addEventListener('click', this.#touched);
  }

  hostDisconnected(): void {
    removeEventListener('keydown', this.#pressed);
    removeEventListener('click', this.#touched);
  }

  /** At this moment. */
  shown(): AnswerShown | null {
    const { offer, send, steadyMs } = this.#options;
    const offered = offer();
    if (offered === null) return null;
    const here = offered.here && send() !== undefined;
    if (!here && offered.url === null) return null;
    const said = this.#said;
    const isOfIt = said?.alertKey === offered.asked.alertKey;
    const isOver = said === null || (said.sinceMs !== null && steadyMs() - said.sinceMs >= SAID_FOR_MS);
    return { url: offered.url, here, said: isOfIt && !isOver ? said.what : null };
  }

  readonly #touched = (): void => {
    const offered = this.#options.offer();
    if (offered?.here) void this.#answer(offered.asked);
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (!KEYS.has(event.key) || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const offered = this.#options.offer();
    if (!offered?.here) return;
    event.preventDefault();
    void this.#answer(offered.asked);
  };

  async #answer(asked: AnswerAtSign): Promise<void> {
    const send = this.#options.send();
    if (send === undefined || this.#said?.sinceMs === null) return;
    const { alertKey } = asked;
    this.#say({ alertKey, what: 'sending', sinceMs: null });
    const outcome = await send(asked).catch((): AnswerOutcome => ({ kind: 'unreachable' }));
    const what = outcome.kind === 'answered' ? 'sending' : outcome.kind;
    this.#say({ alertKey, what, sinceMs: this.#options.steadyMs() });
  }

  #say(said: Said): void {
    this.#said = said;
    this.#host.requestUpdate();
  }
}
