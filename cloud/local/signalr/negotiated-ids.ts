import { randomBytes } from 'node:crypto';
import { beatsIn, type SignalRLimits } from './signalr-limits.ts';

const ID_BYTES = 16;
export const newId = (): string => randomBytes(ID_BYTES).toString('base64url');

type Holder = { readonly hub: string; readonly userId: string | undefined };
type Unused = Holder & { readonly connectionId: string; readonly lastBeat: number };

/** The ids that negotiate gave out: each opens one connection, by whom it was given to, if he comes soon. */
export class NegotiatedIds {
  readonly #limits: SignalRLimits;
  /** In order of age. */
  readonly #unused = new Map<string, Unused>();
  readonly #inUse = new Set<string>();
  #beats = 0;

  constructor(limits: SignalRLimits) {
    this.#limits = limits;
  }

  get unused(): number {
    return this.#unused.size;
  }

  /** What the client connects with: from version 1 on a secret, before that the public id itself. */
  give({ hub, userId }: Holder, version: number): { connectionId: string; connectionToken: string } {
    const connectionId = newId();
    const connectionToken = version === 0 ? connectionId : newId();
    const lastBeat = this.#beats + beatsIn(this.#limits.negotiatedMs, this.#limits);
    this.#unused.set(connectionToken, { hub, userId, connectionId, lastBeat });
    return { connectionId, connectionToken };
  }

  stateOf(token: string, { hub, userId }: Holder): 'unused' | 'in use' | 'unknown' {
    if (this.#inUse.has(token)) return 'in use';
    const unused = this.#unused.get(token);
    return unused?.hub === hub && unused.userId === userId ? 'unused' : 'unknown';
  }

  /** The connection id of an unused token, which is now in use. */
  use(token: string): string | undefined {
    const unused = this.#unused.get(token);
    if (unused === undefined) return undefined;
    this.#unused.delete(token);
    this.#inUse.add(token);
    return unused.connectionId;
  }

  /** The connection it opened is over. */
  forget(token: string): void {
    this.#inUse.delete(token);
  }

  beat(): void {
    this.#beats += 1;
    for (const [token, { lastBeat }] of this.#unused) {
      if (lastBeat >= this.#beats) return;
      this.#unused.delete(token);
    }
  }
}
