import { setTimeout as delay, setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { DeliverBatch, HubEvent } from './hub-event.ts';

const MAX_WAITING_EVENTS = 65_536;
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
/** What an event weighs besides its body, roughly. */
const EVENT_OVERHEAD_BYTES = 1_024;
const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 2_000;

/** Who sent an event and waits for its acknowledgement. */
export type Sender = {
  /** One of its events is committed. Called in the order of `add`; nothing need leave before `flush`. */
  acknowledge(packetId: number): void;
  /** A batch is done with: say all that was acknowledged. */
  flush(): void;
  /** Its events could not be committed in time and are dropped: it must send them again. */
  abandon(): void;
  /** There is room again, after `onceThereIsRoom`. */
  resume(): void;
};

/** `sinceMs`: by a clock that nobody sets. */
type QueuedEvent = {
  readonly event: HubEvent;
  readonly sender: Sender;
  readonly packetId: number;
  readonly sinceMs: number;
};

/** How large a batch is, in events. A smaller one than `minEvents` waits for more, for `maxWaitMs` after its first. */
export type BatchSizes = {
  readonly maxEvents: number;
  readonly minEvents: number;
  readonly maxWaitMs: number;
};

export type CommitQueueOptions = {
  readonly deliver: DeliverBatch;
  readonly batches: BatchSizes;
  /** The oldest event that is not acknowledged never waits longer than this. */
  readonly commitWithinMs: number;
  readonly maxWaitingEvents?: number;
  readonly log: Logger;
};

/**
 * One line for the events of all connections. While one batch is being delivered the next gathers (group commit);
 * senders hear of an event only after its batch is committed. Never two batches at a time, and never out of order.
 */
export class CommitQueue {
  readonly #options: CommitQueueOptions;
  readonly #maxWaitingEvents: number;
  readonly #stalled = new Set<Sender>();
  /** Those before `#taken` are gone already: to move up the rest for each batch would cost more than the batch. */
  #waiting: QueuedEvent[] = [];
  #taken = 0;
  #inFlight: readonly QueuedEvent[] = [];
  #waitingBytes = 0;
  #running: Promise<void> | undefined;
  #enough: (() => void) | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #cut = new AbortController();
  #closing = false;

  constructor(options: CommitQueueOptions) {
    this.#options = options;
    this.#maxWaitingEvents = options.maxWaitingEvents ?? MAX_WAITING_EVENTS;
  }

  /** Senders should stop reading: see `onceThereIsRoom`. */
  get isFull(): boolean {
    return this.#waitingEvents >= this.#maxWaitingEvents || this.#waitingBytes >= MAX_WAITING_BYTES;
  }

  get #waitingEvents(): number {
    return this.#waiting.length - this.#taken;
  }

  add(event: HubEvent, sender: Sender, packetId: number): void {
    if (this.#closing) {
      sender.abandon();
      return;
    }
    this.#waiting.push({ event, sender, packetId, sinceMs: performance.now() });
    this.#waitingBytes += event.body.length + EVENT_OVERHEAD_BYTES;
    if (this.#waitingEvents >= this.#options.batches.minEvents) this.#enough?.();
    this.#running ??= this.#run();
  }

  onceThereIsRoom(sender: Sender): void {
    this.#stalled.add(sender);
  }

  /** Finishes the batch that is under way and its acknowledgements; what still waits is not acknowledged. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#enough?.();
    const cut = this.#cut.signal;
    const abandoned = new Promise<void>((resolve) => {
      if (cut.aborted) resolve();
      cut.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([this.#running, abandoned]);
    clearTimeout(this.#deadline);
  }

  async #run(): Promise<void> {
    while (this.#waitingEvents > 0 && !this.#closing) {
      this.#cut = new AbortController();
      // Every socket with news joins the batch, and none starves while there is a backlog.
      await turnOfTheLoop();
      await this.#gathered();
      // None is left where they waited in vain and were abandoned.
      if (this.#waitingEvents > 0) await this.#commit(this.#take());
    }
    this.#running = undefined;
  }

  /** Resolves once there are enough for a batch, or the first has waited long enough, or the queue closes. */
  async #gathered(): Promise<void> {
    const { minEvents, maxWaitMs } = this.#options.batches;
    if (this.#closing || this.#waitingEvents >= minEvents) return;
    const sinceMs = this.#waiting[this.#taken]?.sinceMs ?? 0;
    const { promise: enough, resolve } = Promise.withResolvers<void>();
    this.#enough = resolve;
    const timer = setTimeout(resolve, sinceMs + maxWaitMs - performance.now());
    await enough;
    clearTimeout(timer);
    this.#enough = undefined;
  }

  #take(): readonly QueuedEvent[] {
    const batch = this.#waiting.slice(this.#taken, this.#taken + this.#options.batches.maxEvents);
    this.#taken += batch.length;
    if (this.#taken * 2 >= this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#taken);
      this.#taken = 0;
    }
    for (const { event } of batch) this.#waitingBytes -= event.body.length + EVENT_OVERHEAD_BYTES;
    this.#resumeStalled();
    return batch;
  }

  async #commit(batch: readonly QueuedEvent[]): Promise<void> {
    const now = performance.now();
    const waitedMs = now - (batch[0]?.sinceMs ?? now);
    this.#inFlight = batch;
    this.#arm(this.#options.commitWithinMs - waitedMs);
    const committed = await this.#delivered(batch);
    clearTimeout(this.#deadline);
    this.#inFlight = [];
    if (committed) acknowledge(batch);
  }

  async #delivered(batch: readonly QueuedEvent[]): Promise<boolean> {
    const { deliver, log } = this.#options;
    const { signal } = this.#cut;
    const events = batch.map(({ event }) => event);
    for (let waitMs = RETRY_FIRST_MS; ; waitMs = Math.min(waitMs * 2, RETRY_MAX_MS)) {
      try {
        await deliver(events);
        return true;
      } catch (err) {
        log.warn({ err, events: events.length }, 'a batch of events could not be committed');
      }
      if (this.#closing) return false;
      await delay(waitMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return false;
    }
  }

  #arm(afterMs: number): void {
    this.#deadline = setTimeout(() => {
      this.#abandonAll();
      // A delivery that hangs holds up the line: those who come back get the same limit.
      this.#arm(this.#options.commitWithinMs);
    }, afterMs);
  }

  #abandonAll(): void {
    const dropped = [...this.#inFlight, ...this.#waiting.slice(this.#taken)];
    this.#inFlight = [];
    this.#waiting = [];
    this.#taken = 0;
    this.#waitingBytes = 0;
    this.#cut.abort();
    if (dropped.length === 0) return;
    const senders = new Set(dropped.map(({ sender }) => sender));
    this.#options.log.error(
      { events: dropped.length, connections: senders.size },
      'events could not be committed in time: their connections are cut without acknowledgement',
    );
    for (const sender of senders) sender.abandon();
    this.#resumeStalled();
  }

  #resumeStalled(): void {
    const isRoomy =
      this.#waitingEvents <= this.#maxWaitingEvents / 2 && this.#waitingBytes <= MAX_WAITING_BYTES / 2;
    if (this.#stalled.size === 0 || !isRoomy) return;
    const stalled = [...this.#stalled];
    this.#stalled.clear();
    for (const sender of stalled) sender.resume();
  }
}

function acknowledge(batch: readonly QueuedEvent[]): void {
  const senders = new Set<Sender>();
  for (const { sender, packetId } of batch) {
    sender.acknowledge(packetId);
    senders.add(sender);
  }
  for (const sender of senders) sender.flush();
}
