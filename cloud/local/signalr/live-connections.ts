import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { NegotiatedIds } from './negotiated-ids.ts';
import type { Client } from './service-tokens.ts';
import { type ConnectionOwner, SignalRConnection } from './signalr-connection.ts';
import type { SignalRLimits } from './signalr-limits.ts';
import type { Transport } from './transports/transport.ts';
import { type Holder, UserHoldings } from './user-holdings.ts';

export type Arrival = {
  readonly connectionId: string;
  readonly connectionToken: string | undefined;
  readonly client: Client;
  readonly query: Readonly<Record<string, string>>;
  readonly transport: Transport;
};

export type LiveConnectionsOptions = {
  readonly owner: ConnectionOwner;
  readonly ids: NegotiatedIds;
  readonly limits: SignalRLimits;
  readonly now: () => number;
};

/** All connections of the service, whether or not their handshake is done. */
export class LiveConnections {
  readonly #options: LiveConnectionsOptions;
  readonly #owner: ConnectionOwner;
  readonly #all = new Set<SignalRConnection>();
  readonly #held = new UserHoldings<SignalRConnection>();
  readonly #allGone = Promise.withResolvers<void>();
  #isDraining = false;

  constructor(options: LiveConnectionsOptions) {
    this.#options = options;
    this.#owner = {
      opened: (connection) => options.owner.opened(connection),
      ended: (connection, wasOpen, error) => {
        if (!this.#all.delete(connection)) return;
        this.#held.delete(connection.client, connection);
        if (connection.connectionToken !== undefined) options.ids.forget(connection.connectionToken);
        options.owner.ended(connection, wasOpen, error);
        if (this.#isDraining && this.#all.size === 0) this.#allGone.resolve();
      },
      failed: (connection, cause) => options.owner.failed(connection, cause),
    };
  }

  /** From now on nobody new is let in. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  isFullFor({ userId }: Pick<Holder, 'userId'>): boolean {
    const { ids, limits } = this.#options;
    return (
      this.#all.size + ids.unused >= limits.connections ||
      (userId === undefined && this.#held.anonymous + ids.anonymous >= limits.anonymousConnections)
    );
  }

  admit(arrival: Arrival): void {
    const { ids, limits } = this.#options;
    const connection = new SignalRConnection({ ...arrival, owner: this.#owner, limits });
    this.#all.add(connection);
    if (arrival.connectionToken !== undefined) ids.occupy(arrival.connectionToken, connection);
    const held = this.#held.add(connection.client, connection);
    arrival.transport.start(connection);
    if (held.length > limits.connectionsOfUser) this.#makeRoom(held);
  }

  beat(): void {
    const nowMs = this.#options.now();
    for (const connection of this.#all) connection.beat(nowMs);
  }

  /** Not asked to come back: two that push each other out would do so for ever. */
  #makeRoom(held: readonly SignalRConnection[]): void {
    const { connectionsOfUser: most } = this.#options.limits;
    // Nor may those that are asked to go and stay a while be any number.
    const overstaying = held.slice(0, -2 * most);
    const tooMany = held.slice(0, -most);
    for (const connection of overstaying) connection.cut();
    for (const connection of tooMany)
      connection.end({ error: `The user has more than ${most} connections.` });
  }

  /** Asks all clients to come back later, not all of them at once, and waits for them, not for long. */
  async drain(): Promise<void> {
    const { limits } = this.#options;
    this.#isDraining = true;
    // What was said in this turn of the event loop is delivered before the farewell.
    await nextTurn();
    let told = 0;
    for (const connection of [...this.#all]) {
      connection.end({ allowReconnect: true });
      told += 1;
      if (told % limits.drainedConnections === 0) await delay(limits.drainPauseMs);
    }
    if (this.#all.size === 0) this.#allGone.resolve();
    await atMost(limits.closeWaitMs, this.#allGone.promise);
    for (const connection of this.#all) connection.cut();
    await atMost(limits.closeWaitMs, this.#allGone.promise);
  }
}

export async function atMost(ms: number, done: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([done, delay(ms, undefined, { signal: timer.signal }).catch(() => undefined)]);
  timer.abort();
}
