import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** A process that ran this long was well: the next wait is short again. */
const STEADY_AFTER_MS = 60_000;
const KILL_AFTER_MS = 5_000;

export class DiedAtStartError extends Error {
  readonly code = 'ERR_DIED_AT_START';
}

type Supervised = {
  readonly name: string;
  readonly launch: () => ChildProcess;
  /** By its first message a process says that it is up. */
  readonly onMessage: (message: unknown) => void;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

/**
 * Keeps a process running, with longer and longer waits, until the signal ends it. Resolves when it has gone.
 * Rejects with a DiedAtStartError if it never came up: trying again would not help.
 */
export async function supervise({ name, launch, onMessage, say, signal }: Supervised): Promise<void> {
  let wasUp = false;
  let waitMs = FIRST_WAIT_MS;
  while (!signal.aborted) {
    const startedAt = performance.now();
    const child = launch();
    child.on('message', (message) => {
      wasUp = true;
      onMessage(message);
    });
    const how = await endOf(child, signal);
    if (signal.aborted) return;
    if (!wasUp) throw new DiedAtStartError(`${name} could not start (${how})`);
    if (performance.now() - startedAt > STEADY_AFTER_MS) waitMs = FIRST_WAIT_MS;
    say(`${name} ended (${how}); starting it again in ${waitMs / 1_000} s`);
    await pause(waitMs, undefined, { signal }).catch(() => {});
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}

/** Waits for the end of a process, asks for it when the signal comes, and then insists. */
async function endOf(child: ChildProcess, signal: AbortSignal): Promise<string> {
  const ended = once(child, 'exit').then(
    ([code, by]) => (code === null ? String(by) : `exit code ${code}`),
    (error: Error) => error.message,
  );
  let insist: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.kill('SIGTERM');
    insist = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  try {
    return await ended;
  } finally {
    clearTimeout(insist);
    signal.removeEventListener('abort', stop);
  }
}
