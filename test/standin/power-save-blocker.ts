import type { PowerSaveBlocker as ElectronPowerSaveBlocker } from 'electron';

type Offered = 'start' | 'stop' | 'isStarted';
type Kind = Parameters<ElectronPowerSaveBlocker['start']>[0];

/** Recorded only: an X server under test has no power to save. */
export class PowerSaveBlocker implements Pick<ElectronPowerSaveBlocker, Offered> {
  readonly #started = new Map<number, Kind>();
  #lastId = 0;

  start(kind: Kind): number {
    this.#started.set(++this.#lastId, kind);
    return this.#lastId;
  }

  stop(id: number): boolean {
    return this.#started.delete(id);
  }

  isStarted(id: number): boolean {
    return this.#started.has(id);
  }
}
