import type { App } from 'electron';
import type { Logger } from 'pino';

/** What takes longer has hung; the files are whole at any moment. */
const CLOSE_WITHIN_MS = 10_000;

/** Before the shell goes, `close` has ended all that it started. */
export function closeBeforeQuit(app: App, close: () => Promise<void>, log: Logger): void {
  let isClosing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    const limit = setTimeout(() => app.exit(1), CLOSE_WITHIN_MS);
    close()
      .catch((err) => log.error({ err }, 'the shell did not stop cleanly'))
      .finally(() => {
        clearTimeout(limit);
        app.exit(0);
      });
  });
}

/** A fault nobody foresaw ends the shell, so that whoever watches over it starts it anew; Electron would open a dialog. */
export function dieOnFault(app: App, log: Logger): void {
  const die = (err: unknown): void => {
    log.fatal({ err }, 'fault');
    app.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
}
