import type { Heartbeat, HeartbeatAnswer, Painted, SignAbout } from '../contracts/sign-report.ts';
import { whenAborted } from './child-controller.ts';
import { retryAfterOf } from './cloud-error.ts';
import { elapsedMs, type Moment } from './moment.ts';
import type { PaintedGlass } from './painted-glass.ts';
import type { Timings } from './timings.ts';

export type HeartbeatLoopOptions = {
  readonly about: () => SignAbout;
  readonly boot: string;
  readonly glass: PaintedGlass;
  readonly send: (heartbeat: Heartbeat) => Promise<HeartbeatAnswer>;
  /** `asked`: when the report was sent. */
  readonly onAnswer: (answer: HeartbeatAnswer, asked: Moment) => void;
  readonly onFailure: (error: unknown) => void;
  readonly now: () => Moment;
  readonly random: () => number;
  readonly timings: Timings;
  readonly signal: AbortSignal;
};

/** A fleet does not report in one instant. */
const JITTER = 0.1;

/** Tells the cloud what is on the glass: now and then, and soon after it changed. */
export class HeartbeatLoop {
  readonly #options: HeartbeatLoopOptions;
  readonly #startedAt: Moment;
  #transport: Heartbeat['transport'] = 'none';
  #isStarted = false;
  #isSending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dueMs = Number.POSITIVE_INFINITY;
  /** After a failure nothing is told before this, or a fleet would ask a cloud that is away in one chorus. */
  #notBeforeMs = 0;
  /** One after the other. */
  #failures = 0;
  #sent: { readonly painted: Painted | null; readonly at: Moment } | undefined;

  constructor(options: HeartbeatLoopOptions) {
    this.#options = options;
    this.#startedAt = options.now();
    const stop = options.glass.listen(() => this.#lookAtGlass());
    whenAborted(options.signal, () => {
      stop();
      clearTimeout(this.#timer);
    });
  }

  /** To be called once the sign is known to the cloud. */
  signedIn(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#within(this.#options.timings.placeReportWithinMs);
  }

  connected(isConnected: boolean): void {
    this.#transport = isConnected ? 'web-sockets' : 'none';
    if (!isConnected) return;
    this.#notBeforeMs = 0;
    this.#within(this.#options.timings.freshnessReportWithinMs);
  }

  /** Something waits: its answer says what. `spreadMs`: what all that were nudged need, one after the other. */
  nudged(spreadMs: number): void {
    this.#within(Math.max(this.#options.timings.placeReportWithinMs, spreadMs));
  }

  #lookAtGlass(): void {
    const { glass, timings, now } = this.#options;
    const painted = glass.painted();
    if (this.#sent === undefined || painted === null) return;
    const before = this.#sent.painted;
    if (before === null || toldAtOnce(before) !== toldAtOnce(painted))
      this.#within(timings.placeReportWithinMs);
    else if (looksOf(before) !== looksOf(painted)) this.#within(timings.freshnessReportWithinMs);
    else if (before.revision !== painted.revision || before.epoch !== painted.epoch) {
      this.#in(Math.max(0, timings.countReportWithinMs - elapsedMs(this.#sent.at, now())));
    }
  }

  #within(longestMs: number): void {
    this.#in(this.#options.random() * longestMs);
  }

  /** Unless a report is due before that anyway. */
  #in(ms: number): void {
    const { now, signal } = this.#options;
    const nowMs = now().monotonicMs;
    const dueMs = Math.max(nowMs + ms, this.#notBeforeMs);
    if (!this.#isStarted || signal.aborted || this.#dueMs <= dueMs) return;
    this.#dueMs = dueMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#report(), dueMs - nowMs);
  }

  async #report(): Promise<void> {
    this.#dueMs = Number.POSITIVE_INFINITY;
    const { timings, random, onAnswer, onFailure, signal } = this.#options;
    if (this.#isSending) {
      this.#within(timings.placeReportWithinMs);
      return;
    }
    this.#isSending = true;
    try {
      const { answer, asked } = await this.#send();
      onAnswer(answer, asked);
      this.#failures = 0;
      this.#lookAtGlass();
    } catch (error) {
      if (!signal.aborted) this.#failed(error, onFailure);
    }
    this.#isSending = false;
    if (this.#failures > 0) this.#within(0);
    this.#in(timings.heartbeatMs * (1 - JITTER + 2 * JITTER * random()));
  }

  async #send(): Promise<{ readonly answer: HeartbeatAnswer; readonly asked: Moment }> {
    const { about, boot, glass, send, now } = this.#options;
    const [at, painted] = [now(), glass.painted()];
    const upForMs = elapsedMs(this.#startedAt, at);
    const answer = await send({ about: about(), painted, transport: this.#transport, upForMs, boot });
    this.#sent = { painted, at };
    return { answer, asked: at };
  }

  #failed(error: unknown, onFailure: (error: unknown) => void): void {
    const { timings, random, now } = this.#options;
    const askedMs = Math.min(retryAfterOf(error), timings.retryAfterAtMostMs);
    const pauseMs = Math.min(timings.heartbeatMs, timings.reportRetryBaseMs * 2 ** this.#failures);
    this.#failures += 1;
    this.#notBeforeMs = now().monotonicMs + askedMs + pauseMs * (0.5 + 0.5 * random());
    onFailure(error);
  }
}

/** The place, the alerts and the messages: of each it is kept who painted it, and when first. */
const toldAtOnce = ({ kind, storeGroupId, storeId, alerts = [], messages = [] }: Painted): string =>
  JSON.stringify([kind, storeGroupId, storeId, alerts.toSorted(), messages.toSorted()]);

/** A count that grows a little older and is renewed looks the same. */
const looksOf = ({ freshness, board, asleep }: Painted): string =>
  JSON.stringify([freshness === 'ageing' ? 'live' : freshness, board, asleep]);
