import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import * as z from 'zod';

const MAX_LOG_BYTES = 16 * 1_024 * 1_024;
/** The same line is not said again within this time. */
const REPEAT_AFTER_MS = 30_000;
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
  if (existsSync(file) && statSync(file).size > MAX_LOG_BYTES) renameSync(file, `${file}.old`);
  const kept = createWriteStream(file, { flags: 'a', mode: 0o600 });
  kept.on('error', (error) => say(`the log cannot be written: ${error.message}`));
  const saidAtMs = new Map<string, number>();
  return {
    follow(stream) {
      createInterface({ input: stream }).on('line', (line) => {
        kept.write(`${line}\n`);
        const words = sayable(line);
        if (words === undefined || now() - (saidAtMs.get(words) ?? 0) < REPEAT_AFTER_MS) return;
        saidAtMs.set(words, now());
        say(words);
      });
    },
    close() {
      kept.end();
    },
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
