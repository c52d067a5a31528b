import type { WebContents } from 'electron';
import type { Logger } from 'pino';
import { pause, whenAborted } from '../cloud/client/child-controller.ts';
import { createBackOff } from './back-off.ts';

/** A cold start of Chromium on the slowest player, fonts included. */
const FIRST_PICTURE_WITHIN_MS = 20_000;
/** The sign draws once a second. */
const PICTURE_WITHIN_MS = 10_000;
const BACK_OFF = { firstMs: 250, capMs: 30_000, steadyAfterMs: 60_000 };

type RendererWatch = {
  readonly contents: Pick<WebContents, 'forcefullyCrashRenderer' | 'isDestroyed'> & Listened;
  /** Loads the page anew; rejects where it cannot. */
  readonly load: () => Promise<void>;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** A clock that only runs on, in ms. */
  readonly now: () => number;
};

type Watch = { painted(): void; reload(): Promise<void> };

type Listened = {
  on(event: 'render-process-gone', listener: (event: unknown, details: { reason: string }) => void): unknown;
  on(event: 'unresponsive', listener: () => void): unknown;
};

/**
 * Loads the page and, for as long as the shell lives, loads it again whenever it is gone, hung or paints no more. A
 * timer of the page alone would prove nothing: it is its pictures that count. `painted` is to be called with each.
 * `reload` loads it anew because somebody wants it.
 */
export function watchRenderer({ contents, load, log, signal, now }: RendererWatch): Watch {
  const backOff = createBackOff({ ...BACK_OFF, now });
  let timer: NodeJS.Timeout | undefined;
  let isRecovering = false;

  const expectPicture = (withinMs: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => recover('no picture', 'hung'), withinMs);
  };
  const loadOnce = async (): Promise<void> => {
    backOff.started();
    expectPicture(FIRST_PICTURE_WITHIN_MS);
    try {
      await load();
    } catch (error) {
      void recover(String(error), 'gone');
    }
  };
  const recover = async (why: string, how: 'gone' | 'hung'): Promise<void> => {
    if (isRecovering || signal.aborted || contents.isDestroyed()) return;
    isRecovering = true;
    clearTimeout(timer);
    const delayMs = backOff.nextDelayMs();
    log.error({ why, delayMs }, 'the page is loaded again');
    // A hung page answers no reload; its process has to go first.
    if (how === 'hung') contents.forcefullyCrashRenderer();
    await pause(delayMs, signal);
    isRecovering = false;
    if (!signal.aborted && !contents.isDestroyed()) await loadOnce();
  };

  contents.on('render-process-gone', (_event, { reason }) => void recover(reason, 'gone'));
  contents.on('unresponsive', () => void recover('unresponsive', 'hung'));
  whenAborted(signal, () => clearTimeout(timer));
  void loadOnce();
  return {
    painted() {
      if (!isRecovering && !signal.aborted) expectPicture(PICTURE_WITHIN_MS);
    },
    async reload() {
      if (!isRecovering && !signal.aborted && !contents.isDestroyed()) await loadOnce();
    },
  };
}
