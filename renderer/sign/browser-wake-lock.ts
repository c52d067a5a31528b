/** The part of the browser that keeps a screen lit. Missing in older ones, and outside a secure context. */
type WakeLockDoor = { request(type: 'screen'): Promise<EventTarget> };
type Shown = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;

/** Minutes: what refuses a lock, such as a low battery, passes. */
const AGAIN_MS = 60_000;

/** Keeps the screen on while the page can be seen, until the signal. The browser takes a lock away whenever the page is hidden. */
export function keepScreenOn(wakeLock: WakeLockDoor | undefined, shown: Shown, signal: AbortSignal): void {
  if (wakeLock === undefined || signal.aborted) return;
  let isHeld = false;
  let isAsking = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  const ask = async (): Promise<void> => {
    clearTimeout(again);
    if (isHeld || isAsking || shown.visibilityState !== 'visible' || signal.aborted) return;
    isAsking = true;
    try {
      const lock = await wakeLock.request('screen');
      isHeld = true;
      lock.addEventListener('release', () => {
        isHeld = false;
        void ask();
      });
    } catch {
      again = setTimeout(ask, AGAIN_MS);
    } finally {
      isAsking = false;
    }
  };
  const onChange = () => void ask();
  shown.addEventListener('visibilitychange', onChange);
  signal.addEventListener('abort', () => {
    clearTimeout(again);
    shown.removeEventListener('visibilitychange', onChange);
  });
  onChange();
}
