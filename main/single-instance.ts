import type { App, BrowserWindow } from 'electron';
import type { Logger } from 'pino';

/** Who starts the kiosk again while it runs wants to see it. */
export function showOnSecondStart(app: App, kiosk: () => BrowserWindow | undefined, log: Logger): void {
  app.on('second-instance', () => {
    log.info('a second start was refused');
    const window = kiosk();
    if (window === undefined || window.isDestroyed()) return;
    window.show();
    window.focus();
  });
}
