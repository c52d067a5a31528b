import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';

/** The ground of the dark theme: what is seen before the first picture. */
const GROUND = '#101417';

export const kioskWindowOptions = (preload: string): BrowserWindowConstructorOptions => ({
  kiosk: true,
  fullscreen: true,
  frame: false,
  show: false,
  backgroundColor: GROUND,
  webPreferences: {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
    devTools: false,
    // A glass that is covered for a moment still draws, or the shell would take it for hung.
    backgroundThrottling: false,
  },
});

/** Shown with its first picture, so that nobody sees an empty one. */
export function showWhenReady(window: BrowserWindow): void {
  window.once('ready-to-show', () => window.show());
}
