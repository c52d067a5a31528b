import { setTimeout as delay } from 'node:timers/promises';

const PING_EVERY_MS = 1_000;
/** Electron waits for an unanswered input event instead, for about half a minute. */
const HUNG_AFTER_MS = 10_000;

export type HangListeners = { readonly onHung: () => void; readonly onBack: () => void };

/** Asks the page again and again for a sign of life, until the signal. */
export async function watchForHang(
  ping: () => Promise<unknown>,
  { onHung, onBack }: HangListeners,
  signal: AbortSignal,
): Promise<void> {
  const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  while (!signal.aborted) {
    let isHung = false;
    const giveUp = setTimeout(() => {
      isHung = true;
      onHung();
    }, HUNG_AFTER_MS);
    await Promise.race([ping().catch(() => undefined), aborted]);
    clearTimeout(giveUp);
    if (signal.aborted) return;
    if (isHung) onBack();
    await delay(PING_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
