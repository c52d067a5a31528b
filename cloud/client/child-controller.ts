/**
 * Aborts with its parent, and is forgotten by it once it aborted by itself.
 * AbortSignal.any would keep a trace of every child on a parent that lives for months.
 */
export function childController(parent: AbortSignal): AbortController {
  const child = new AbortController();
  const abort = () => child.abort(parent.reason);
  if (parent.aborted) abort();
  else parent.addEventListener('abort', abort, { once: true, signal: child.signal });
  return child;
}

/** Calls back once, at once where the signal has aborted already. */
export function whenAborted(signal: AbortSignal, then: () => void): void {
  if (signal.aborted) then();
  else signal.addEventListener('abort', then, { once: true });
}

/** Resolves after `ms`, or as soon as the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const waiting = childController(signal);
    const timer = setTimeout(() => waiting.abort(), ms);
    whenAborted(waiting.signal, () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
