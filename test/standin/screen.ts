import { EventEmitter } from 'node:events';
import type { Display } from 'electron';
import type { Chromium } from './launch-chromium.ts';

type KnownOfDisplay = Pick<
  Display,
  'bounds' | 'id' | 'rotation' | 'scaleFactor' | 'size' | 'workArea' | 'workAreaSize'
>;

/** The X screen that Chromium found when it started. */
export class Screen extends EventEmitter {
  readonly #chromium: () => Chromium;

  constructor(chromium: () => Chromium) {
    super();
    this.#chromium = chromium;
  }

  getPrimaryDisplay(): KnownOfDisplay {
    const { width, height, scaleFactor } = this.#chromium().screen;
    const bounds = { x: 0, y: 0, width, height };
    const size = { width, height };
    return { id: 1, bounds, size, workArea: bounds, workAreaSize: size, scaleFactor, rotation: 0 };
  }

  getAllDisplays(): KnownOfDisplay[] {
    return [this.getPrimaryDisplay()];
  }
}
