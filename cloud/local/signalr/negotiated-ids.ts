import { randomBytes } from 'node:crypto';
import type { SignalRConnection } from './signalr-connection.ts';
import { beatsIn, type SignalRLimits } from './signalr-limits.ts';
import { type Holder, UserHoldings } from './user-holdings.ts';

const ID_BYTES = 16;
export const newId = (): string => randomBytes(ID_BYTES).toString('base64url');

type Unused = Holder & {
  readonly connectionId: string;
  readonly connectionToken: string;
  readonly lastBeat: number;
};

/** What an id is good for, shown by somebody. */
export type IdState =
  | { readonly kind: 'unused' }
  | { readonly kind: 'in use'; readonly connection: SignalRConnection }
  | { readonly kind: 'unknown' };

/** The ids that negotiate gave out: each opens one connection, by whom it was given to, if he comes soon. */
export class NegotiatedIds {
  readonly #limits: SignalRLimits;
  /** In order of age. */
  readonly #unused = new Map<string, Unused>();
  readonly #unusedOf = new UserHoldings<string>();
  readonly #inUse = new Map<string, SignalRConnection>();
  #beats = 0;

  constructor(limits: SignalRLimits) {
    this.#limits = limits;
  }

  get unused(): number {
    return this.#unused.size;
  }

  /** Those of them that are nobody's. */
  get anonymous(): number {
    return this.#unusedOf.anonymous;
  }

  /** What the client connects with: from version 1 on a secret, before that the public id itself. */
  give({ hub, userId }: Holder, version: number): { connectionId: string; connectionToken: string } {
    const connectionId = newId();
    const connectionToken = version === 0 ? connectionId : newId();
    const lastBeat = this.#beats + beatsIn(this.#limits.negotiatedMs, this.#limits);
    this.#unused.set(connectionToken, { hub, userId, connectionId, connectionToken, lastBeat });
    const held = this.#unusedOf.add({ hub, userId }, connectionToken);
    const [oldest] = held;
    if (oldest !== undefined && held.length > this.#limits.negotiatedOfUser) this.#drop(oldest);
    return { connectionId, connectionToken };
  }

  /** To anybody but its holder an id is unknown. */
  stateOf(token: string, { hub, userId }: Holder): IdState {
    const connection = this.#inUse.get(token);
    const holder = connection?.client ?? this.#unused.get(token);
    if (holder?.hub !== hub || holder.userId !== userId) return { kind: 'unknown' };
    return connection === undefined ? { kind: 'unused' } : { kind: 'in use', connection };
  }

  /** Takes an unused id. The token comes back as it was made: the client's copy would keep its whole request in memory. */
  use(token: string): { readonly connectionId: string; readonly connectionToken: string } | undefined {
    const unused = this.#unused.get(token);
    this.#drop(token);
    return unused;
  }

  /** The connection that was opened with it. */
  occupy(token: string, connection: SignalRConnection): void {
    this.#inUse.set(token, connection);
  }

  /** The connection it opened is over. */
  forget(token: string): void {
    this.#inUse.delete(token);
  }

  beat(): void {
    this.#beats += 1;
    for (const [token, { lastBeat }] of this.#unused) {
      if (lastBeat >= this.#beats) return;
      this.#drop(token);
    }
  }

  #drop(token: string): void {
    const unused = this.#unused.get(token);
    if (unused === undefined) return;
    this.#unused.delete(token);
    this.#unusedOf.delete(unused, token);
  }
}
