import type { Painted, Picture } from '../contracts/sign-report.ts';

type Listener = (picture: Picture) => void;

/** What the glass said of its last picture, and when. A page that is frozen says nothing more, and its picture grows old. */
export class PaintedGlass {
  readonly #steadyMs: () => number;
  readonly #listeners = new Set<Listener>();
  #last: { readonly picture: Picture; readonly atMs: number } | undefined;

  /** `steadyMs`: a clock that only runs on. */
  constructor(steadyMs: () => number) {
    this.#steadyMs = steadyMs;
  }

  /** To be called with each picture, right after it was painted. */
  report(picture: Picture): void {
    this.#last = { picture, atMs: this.#steadyMs() };
    for (const listener of [...this.#listeners]) listener(picture);
  }

  /** As a report to the cloud has it; null where nothing was painted yet. */
  painted(): Painted | null {
    if (this.#last === undefined) return null;
    const { picture, atMs } = this.#last;
    const { identify: _, ...painted } = picture;
    const ageMs = Math.max(0, Math.round(this.#steadyMs() - atMs));
    return { ...painted, ageMs, leaseMs: Math.max(0, picture.leaseMs - ageMs) };
  }

  /** Told each picture; the answer ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether such a picture is reported from now on, within that time. */
  next(isSuch: (picture: Picture) => boolean, withinMs: number, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isPainted: boolean) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        stop();
        resolve(isPainted);
      };
      const onAbort = () => end(false);
      const timer = setTimeout(onAbort, withinMs);
      const stop = this.listen((picture) => {
        if (isSuch(picture)) end(true);
      });
      signal.addEventListener('abort', onAbort);
      if (signal.aborted) end(false);
    });
  }
}
