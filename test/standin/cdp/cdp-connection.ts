import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from '@playwright/test';
import type { CdpEvent, CdpEventName } from './cdp-events.ts';

/** One conversation with Chromium: with the browser itself, or with one page of it. */

export type CdpSession = {
  /** Rejects with a `CdpError` if Chromium refuses or goes away. */
  readonly send: CDPSession['send'];
  on<Name extends CdpEventName>(name: Name, listener: (event: CdpEvent<Name>) => void): void;
};

export class CdpError extends Error {
  readonly code: 'ERR_CDP_REFUSED' | 'ERR_CHROMIUM_GONE';

  constructor(code: CdpError['code'], message: string) {
    super(message);
    this.name = 'CdpError';
    this.code = code;
  }
}

type Incoming = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
};

type Waiting = {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: CdpError) => void;
};

const END_OF_MESSAGE = '\0';
const THE_BROWSER = '';

/**
 * Chromium's DevTools protocol over the two pipes of `--remote-debugging-pipe`. Chromium closes itself when they
 * close, so it never outlives this process, however this process ends.
 */
export class CdpConnection {
  readonly browser: CdpSession;
  readonly #toChromium: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #events = new EventEmitter().setMaxListeners(0);
  #lastId = 0;
  #isGone = false;

  constructor(toChromium: Writable, fromChromium: Readable) {
    this.#toChromium = toChromium;
    this.browser = this.session(THE_BROWSER);
    let rest = '';
    fromChromium.setEncoding('utf8');
    fromChromium.on('data', (chunk: string) => {
      const messages = (rest + chunk).split(END_OF_MESSAGE);
      rest = messages.pop() ?? '';
      for (const message of messages) this.#receive(JSON.parse(message));
    });
    fromChromium.on('close', () => this.#gone());
    // A write to a Chromium that has just died is answered by the close of the other pipe.
    toChromium.on('error', () => this.#gone());
  }

  session(sessionId: string): CdpSession {
    const send = (method: string, params: unknown = {}) => this.#send(sessionId, method, params);
    return {
      send: send as CDPSession['send'],
      on: (name, listener) => {
        this.#events.on(`${sessionId} ${name}`, listener);
      },
    };
  }

  #send(sessionId: string, method: string, params: unknown): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    if (this.#isGone) {
      reject(new CdpError('ERR_CHROMIUM_GONE', `${method}: Chromium is gone`));
      return promise;
    }
    const id = ++this.#lastId;
    this.#waiting.set(id, { method, resolve, reject });
    const address = sessionId === THE_BROWSER ? {} : { sessionId };
    this.#toChromium.write(JSON.stringify({ id, method, params, ...address }) + END_OF_MESSAGE);
    return promise;
  }

  #receive(message: Incoming): void {
    if (message.id === undefined) {
      this.#events.emit(`${message.sessionId ?? THE_BROWSER} ${message.method}`, message.params);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.result);
    else waiting?.reject(new CdpError('ERR_CDP_REFUSED', `${waiting.method}: ${message.error.message}`));
  }

  #gone(): void {
    this.#isGone = true;
    for (const { method, reject } of this.#waiting.values()) {
      reject(new CdpError('ERR_CHROMIUM_GONE', `${method}: Chromium is gone`));
    }
    this.#waiting.clear();
  }
}

/** For what is sent to a page that may have just gone: the answer, if there is one, is of no use. */
export function ignoreGone(sent: Promise<unknown>): void {
  sent.catch((error: unknown) => {
    if (!(error instanceof CdpError)) throw error;
  });
}
