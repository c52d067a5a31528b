import type { Letter } from './deliver-letters.ts';
import type { Audience } from './hub-members.ts';

type Excluded = ReadonlySet<string> | undefined;
type Draft = { readonly audience: Audience; readonly excluded: Excluded; records: string };
export type OutboxOptions = {
  readonly deliver: (letters: readonly Letter[]) => void;
  /** What to deliver threw: there is nobody left to catch it at the end of a turn. */
  readonly failed: (cause: unknown) => void;
  readonly mergedCharacters: number;
};

/**
 * Messages of one turn of the event loop, in order. Neighbours to the same audience become one frame, since a write
 * costs far more than the bytes in it. Who changes groups flushes first: what was said before goes to who was in then.
 */
export class Outbox {
  readonly #deliver: OutboxOptions['deliver'];
  readonly #failed: OutboxOptions['failed'];
  readonly #mergedCharacters: number;
  #letters: Draft[] = [];

  constructor(options: OutboxOptions) {
    this.#deliver = options.deliver;
    this.#failed = options.failed;
    this.#mergedCharacters = options.mergedCharacters;
  }

  /** `excluded`: connection ids of the audience that do not get it. */
  add(audience: Audience, record: string, excluded?: ReadonlySet<string>): void {
    if (this.#letters.length === 0) setImmediate(() => this.flush());
    const last = this.#letters.at(-1);
    if (last !== undefined && this.#fits(last, audience, record, excluded)) last.records += record;
    else this.#letters.push({ audience, excluded, records: record });
  }

  flush(): void {
    const letters = this.#letters;
    this.#letters = [];
    if (letters.length === 0) return;
    try {
      this.#deliver(letters);
    } catch (cause) {
      this.#failed(cause);
    }
  }

  #fits(letter: Draft, audience: Audience, record: string, excluded: Excluded): boolean {
    return (
      // Two lists of excluded ones are hardly ever the same, and comparing them would cost all others.
      letter.excluded === undefined &&
      excluded === undefined &&
      isSame(letter.audience, audience) &&
      letter.records.length + record.length <= this.#mergedCharacters
    );
  }
}

const isSame = (one: Audience, other: Audience) =>
  one.kind === other.kind &&
  (one.kind === 'everyone' || other.kind === 'everyone' || one.name === other.name);
