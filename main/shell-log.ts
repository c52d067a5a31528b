import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';

export const LOG_FILE = 'shell.log';
/** Of the file and of the one before it, each. */
const MAX_BYTES = 5 * 1_024 * 1_024;

export type ShellLog = {
  readonly log: Logger;
  /** A line from elsewhere, as it is. */
  readonly write: (line: string) => void;
};

/** One JSON line an event, in the shell's folder, written before the call returns. */
export function openShellLog(folder: string, maxBytes = MAX_BYTES): ShellLog {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const append = appendBounded(join(folder, LOG_FILE), maxBytes);
  return { log: pino({ name: 'shell' }, { write: append }), write: (line) => append(`${line}\n`) };
}

function appendBounded(file: string, maxBytes: number): (line: string) => void {
  let bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return (line) => {
    try {
      if (bytes > maxBytes) {
        renameSync(file, `${file}.1`);
        bytes = 0;
      }
      appendFileSync(file, line, { mode: 0o600 });
      bytes += Buffer.byteLength(line);
    } catch {
      // A full disk costs the log, not the sign.
    }
  };
}
