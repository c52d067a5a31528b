import type { Audience } from './hub-members.ts';

type Letter = { readonly audience: Audience; records: string };

/**
 * Messages of one turn of the event loop, in order. Neighbours to the same audience become one frame, since a write
 * costs far more than the bytes in it. Who changes groups flushes first: what was said before goes to who was in then.
 */
export class Outbox {
  readonly #deliver: (audience: Audience, records: string) => void;
  readonly #mergedCharacters: number;
  #letters: Letter[] = [];

  constructor(options: {
    readonly deliver: (audience: Audience, records: string) => void;
    readonly mergedCharacters: number;
  }) {
    this.#deliver = options.deliver;
    this.#mergedCharacters = options.mergedCharacters;
  }

  add(audience: Audience, record: string): void {
    if (this.#letters.length === 0) setImmediate(() => this.flush());
    const last = this.#letters.at(-1);
    if (last !== undefined && this.#fits(last, audience, record)) last.records += record;
    else this.#letters.push({ audience, records: record });
  }

  flush(): void {
    const letters = this.#letters;
    this.#letters = [];
    for (const { audience, records } of letters) this.#deliver(audience, records);
  }

  #fits(letter: Letter, audience: Audience, record: string): boolean {
    return (
      isSame(letter.audience, audience) && letter.records.length + record.length <= this.#mergedCharacters
    );
  }
}

const isSame = (one: Audience, other: Audience) =>
  one.kind === other.kind &&
  (one.kind === 'everyone' || other.kind === 'everyone' || one.name === other.name);
