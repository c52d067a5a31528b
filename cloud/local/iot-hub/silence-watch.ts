/** The clock of one connection: a limit for one thing that must happen, or for how long nothing is heard. One timer at a time. */
export class SilenceWatch {
  readonly #cut: (why: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #heardAtMs = 0;

  constructor(cut: (why: string) => void) {
    this.#cut = cut;
  }

  limit(ms: number, why: string): void {
    this.stop();
    this.#timer = setTimeout(() => this.#cut(why), ms);
  }

  /** Cuts once nothing was heard for so long. One that is not read, which `isDeaf` says, cannot be heard. */
  keepAlive(ms: number, isDeaf: () => boolean): void {
    this.stop();
    this.#lookAgain(ms, ms, isDeaf);
  }

  /** By a clock that nobody sets. */
  heard(nowMs: number): void {
    this.#heardAtMs = nowMs;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** When it could be over: to set a timer anew for each message would cost as much as reading it. */
  #lookAgain(ms: number, leftMs: number, isDeaf: () => boolean): void {
    this.#timer = setTimeout(() => {
      const left = isDeaf() ? ms : this.#heardAtMs + ms - performance.now();
      if (left <= 0) this.#cut('keep-alive');
      else this.#lookAgain(ms, left, isDeaf);
    }, leftMs);
  }
}
