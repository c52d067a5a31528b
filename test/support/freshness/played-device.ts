import type { Clocks } from '../../../renderer/sign/stopwatch.ts';

/** A device in a world whose true time only the test knows: its wall clock is set about, and it stops and sleeps. */
export class PlayedDevice implements Clocks {
  /** True ms since the world began. */
  nowMs = 0;
  #wallMs = Date.UTC(2026, 10, 21);
  #steadyMs = 500;

  readonly wall = (): number => this.#wallMs;
  readonly steady = (): number => this.#steadyMs;

  runUntil(nowMs: number): void {
    const ms = Math.max(0, nowMs - this.nowMs);
    this.nowMs += ms;
    this.#wallMs += ms;
    this.#steadyMs += ms;
  }

  /** Of a machine that sleeps, the steady clock stands on most systems and runs on some. */
  sleep(ms: number, steady: 'runs' | 'stands'): void {
    this.nowMs += ms;
    this.#wallMs += ms;
    if (steady === 'runs') this.#steadyMs += ms;
  }

  setWallBy(ms: number): void {
    this.#wallMs += ms;
  }
}
