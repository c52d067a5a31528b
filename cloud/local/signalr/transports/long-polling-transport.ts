import type { ServerResponse } from 'node:http';
import type { Outgoing } from '../outgoing.ts';
import { beatsIn, type SignalRLimits } from '../signalr-limits.ts';
import type { Transport, TransportListener } from './transport.ts';

const NO_STORE = { 'cache-control': 'no-cache, no-store' };

type Poll = {
  readonly response: ServerResponse;
  readonly headers: Readonly<Record<string, string>>;
  beats: number;
};

/**
 * Long polling (TransportProtocols.md): the client asks, and is answered when there is something to say. What is said
 * between two polls waits here.
 */
export class LongPollingTransport implements Transport {
  readonly #limits: SignalRLimits;
  readonly #longestPollMs: number;
  #listener: TransportListener | undefined;
  #poll: Poll | undefined;
  #waiting: Outgoing[] = [];
  #waitingBytes = 0;
  #answerIsDue = false;
  /** `ending`: the next poll that finds nothing to take is the last. */
  #state: 'open' | 'ending' | 'over' = 'open';

  constructor(limits: SignalRLimits, longestPollMs: number) {
    this.#limits = limits;
    this.#longestPollMs = longestPollMs;
  }

  get needsPings(): boolean {
    return false;
  }

  get isAwaited(): boolean {
    return this.#poll !== undefined;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  start(listener: TransportListener): void {
    this.#listener = listener;
  }

  /** The client asks. A newer poll takes the place of an older one. */
  poll(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
    this.#answer(204);
    if (response.destroyed) return;
    const poll = { response, headers, beats: 0 };
    this.#poll = poll;
    response.once('close', () => {
      if (this.#poll === poll) this.#poll = undefined;
    });
    this.#answerIfDue();
  }

  /** The client said goodbye, with a DELETE. */
  leave(): void {
    this.#listener?.ending(undefined);
    this.#finish();
  }

  send(outgoing: Outgoing): void {
    if (this.#state !== 'open') return;
    this.#waiting.push(outgoing);
    this.#waitingBytes += outgoing.body.length;
    this.#answerSoon();
  }

  get answersProbe(): boolean {
    return false;
  }

  probe(): void {}

  dropWaiting(): boolean {
    this.#waiting = [];
    this.#waitingBytes = 0;
    return true;
  }

  end(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ending';
    this.#answerSoon();
  }

  cut(): void {
    this.#finish();
  }

  beat(): void {
    if (this.#poll === undefined) return;
    this.#poll.beats += 1;
    // Answered within the time, and by an empty answer asked to come again.
    if (this.#poll.beats >= beatsIn(this.#longestPollMs, this.#limits)) this.#answer(200);
  }

  /** All that is said in one turn travels in one answer. */
  #answerSoon(): void {
    if (this.#answerIsDue || this.#poll === undefined) return;
    this.#answerIsDue = true;
    queueMicrotask(() => {
      this.#answerIsDue = false;
      try {
        this.#answerIfDue();
      } catch (cause) {
        this.#listener?.failed(cause);
      }
    });
  }

  #answerIfDue(): void {
    if (this.#poll === undefined) return;
    if (this.#waiting.length > 0) {
      const bodies = this.#waiting.map(({ body }) => body);
      this.dropWaiting();
      this.#answer(200, bodies);
    } else if (this.#state !== 'open') {
      this.#finish();
    }
  }

  #answer(status: 200 | 204, bodies: readonly Buffer[] = []): void {
    const poll = this.#poll;
    if (poll === undefined) return;
    this.#poll = undefined;
    if (status === 204) {
      poll.response.writeHead(204, { ...NO_STORE, ...poll.headers }).end();
      return;
    }
    const body = bodies.length === 1 ? bodies[0] : Buffer.concat(bodies);
    const length = body?.length ?? 0;
    poll.response
      .writeHead(200, {
        ...NO_STORE,
        'content-type': 'text/plain; charset=utf-8',
        'content-length': length,
        ...poll.headers,
      })
      .end(body);
  }

  #finish(): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.dropWaiting();
    this.#answer(204);
    this.#listener?.gone();
  }
}
