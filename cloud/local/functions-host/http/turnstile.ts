import type { EventEmitter } from 'node:events';

/** How much HTTP work is let in; host.json, `extensions.http`. */
export type HttpLimits = {
  /** Run at once; the others wait. */
  readonly maxConcurrentRequests: number;
  /** Run and wait together; who comes then is told to come later. */
  readonly maxOutstandingRequests: number;
};

export type Turnstile = {
  /** `caller` emits `close` where it waits no more. Who has entered leaves again when done. */
  enter(caller: EventEmitter): Promise<'entered' | 'full' | 'gone'>;
  leave(): void;
};

/** So that in a storm those who were let in are answered soon, instead of all of them too late. First come, first served. */
export function createTurnstile(limits: HttpLimits): Turnstile {
  const waiting = new Set<(turn: 'entered' | 'gone') => void>();
  let running = 0;
  return {
    async enter(caller) {
      if (running < limits.maxConcurrentRequests) {
        running += 1;
        return 'entered';
      }
      if (running + waiting.size >= limits.maxOutstandingRequests) return 'full';
      const { promise, resolve } = Promise.withResolvers<'entered' | 'gone'>();
      const goes = () => {
        waiting.delete(resolve);
        resolve('gone');
      };
      waiting.add(resolve);
      caller.once('close', goes);
      const turn = await promise;
      caller.off('close', goes);
      return turn;
    },
    leave() {
      const [next] = waiting;
      if (next === undefined) {
        running -= 1;
        return;
      }
      waiting.delete(next);
      next('entered');
    },
  };
}
