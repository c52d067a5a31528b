import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import * as z from 'zod';
import { openRotatingFile } from './rotating-file.ts';

const MAX_LOG_BYTES = 16 * 1_024 * 1_024;
/** The same line is not said again within this time. */
const REPEAT_AFTER_MS = 30_000;
/** So many lines are remembered as said. */
const MAX_REMEMBERED = 200;
const WARNING = 40;
/** What the cloud's own last words begin with. */
const OWN_NAME = /^vitrine cloud: /;

const entrySchema = z.object({
  level: z.number(),
  msg: z.string().default(''),
  err: z.object({ message: z.string() }).optional(),
});

export type CloudLog = {
  /** Keeps every line of a stream, and says its warnings and errors shortly. */
  follow(stream: Readable): void;
  close(): void;
};

/** A log of one JSON object a line (pino's). One older file is kept beside it. */
export function openCloudLog(file: string, say: (line: string) => void, now: () => number): CloudLog {
  const saidAtMs = new Map<string, number>();
  const sayOnce = (words: string) => {
    if (now() - (saidAtMs.get(words) ?? 0) < REPEAT_AFTER_MS) return;
    if (saidAtMs.size >= MAX_REMEMBERED) saidAtMs.clear();
    saidAtMs.set(words, now());
    say(words);
  };
  const kept = openRotatingFile(file, MAX_LOG_BYTES, (error) =>
    sayOnce(`the log cannot be written: ${error instanceof Error ? error.message : String(error)}`),
  );
  return {
    follow(stream) {
      createInterface({ input: stream }).on('line', (line) => {
        kept.write(line);
        const words = sayable(line);
        if (words !== undefined) sayOnce(words);
      });
    },
    close: kept.close,
  };
}

/** What a person should read of a log line now; undefined if nothing. Lines that are no JSON are a crash's last words. */
export function sayable(line: string): string | undefined {
  const entry = entrySchema.safeParse(jsonOf(line));
  if (!entry.success) return line.trim() === '' ? undefined : `cloud: ${line.replace(OWN_NAME, '')}`;
  const { level, msg, err } = entry.data;
  if (level < WARNING) return undefined;
  const why = err === undefined || msg.includes(err.message) ? '' : `: ${err.message}`;
  return `cloud ${level > WARNING ? 'error' : 'warning'}: ${msg}${why}`;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
