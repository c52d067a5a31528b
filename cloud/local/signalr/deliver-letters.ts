import type { Audience } from './hub-members.ts';
import { Outgoing } from './outgoing.ts';

/**
 * Up to here, messages to different audiences reach who is in several of them in one write. A write costs more than
 * to encode so much anew for each mix of audiences there is; what is longer goes by itself, encoded once for all.
 */
const BUNDLED_CHARACTERS = 4 * 1024;

export type Letter = {
  readonly audience: Audience;
  /** Connection ids that do not get it. */
  readonly excluded: ReadonlySet<string> | undefined;
  readonly records: string;
};

export type Receiver = { readonly connectionId: string; send(outgoing: Outgoing): void };

/** To each receiver all that is for it, in the order of the letters. */
export function deliverLetters<R extends Receiver>(
  letters: readonly Letter[],
  receiversOf: (audience: Audience) => readonly R[],
): void {
  const [first] = letters;
  if (first !== undefined && letters.length === 1) {
    const outgoing = new Outgoing(first.records);
    eachReceiver(first, receiversOf(first.audience), (receiver) => receiver.send(outgoing));
    return;
  }
  const nothing = new Bundle('');
  const waiting = new Map<R, Bundle>();
  for (const letter of letters) {
    eachReceiver(letter, receiversOf(letter.audience), (receiver) => {
      const before = waiting.get(receiver);
      if (before?.takes(letter) === false) {
        receiver.send(before.outgoing);
        waiting.set(receiver, nothing.followedBy(letter));
      } else {
        waiting.set(receiver, (before ?? nothing).followedBy(letter));
      }
    });
  }
  for (const [receiver, bundle] of waiting) receiver.send(bundle.outgoing);
}

/** From the end, so that nobody is passed over if sending ends a connection: the last one takes its place. */
function eachReceiver<R extends Receiver>(
  { excluded }: Letter,
  receivers: readonly R[],
  tell: (receiver: R) => void,
): void {
  for (let index = receivers.length - 1; index >= 0; index -= 1) {
    const receiver = receivers[index];
    if (receiver !== undefined && !excluded?.has(receiver.connectionId)) tell(receiver);
  }
}

/** Letters in a row. Whoever gets the same letters shares one bundle, and its bytes. */
class Bundle {
  readonly #records: string;
  readonly #followed = new Map<Letter, Bundle>();
  #outgoing: Outgoing | undefined;

  constructor(records: string) {
    this.#records = records;
  }

  get outgoing(): Outgoing {
    this.#outgoing ??= new Outgoing(this.#records);
    return this.#outgoing;
  }

  takes({ records }: Letter): boolean {
    return this.#records.length + records.length <= BUNDLED_CHARACTERS;
  }

  followedBy(letter: Letter): Bundle {
    let next = this.#followed.get(letter);
    if (next === undefined) {
      next = new Bundle(this.#records + letter.records);
      this.#followed.set(letter, next);
    }
    return next;
  }
}
