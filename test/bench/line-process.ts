import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Where a process belongs on two cores: what is measured on its own one, what loads it on the other. */
export type Core = 'measured' | 'load';

/** With which node runs the embedded cloud: as `build/start/cloud.ts` does. */
export const CLOUD_FLAGS = ['--max-semi-space-size=8'];

const CORE_NUMBER: Readonly<Record<Core, number>> = { measured: 0, load: 1 };
const ANSWER_WITHIN_MS = 240_000;
/** With the end of its stdin; after that it is killed. */
const GOES_WITHIN_MS = 2_000;

/** Where there is no `taskset` (or one core), the system may move processes about; the notes of a bench must say so. */
export const canPin: boolean = spawnSync('taskset', ['-c', '1', 'true']).status === 0;

/** The command with its core, and with as many open files as this user may have at all. */
export const pinnedCommand = (core: Core, command: readonly string[]): readonly [string, ...string[]] => [
  'sh',
  '-c',
  'ulimit -n "$(ulimit -Hn)" 2>/dev/null; exec "$@"',
  'sh',
  ...(canPin ? ['taskset', '-c', String(CORE_NUMBER[core])] : []),
  ...command,
];

/** A program that begins the command on its core, for who can only name a program. */
export function pinnedProgram(file: string, core: Core, program: string): string {
  if (!canPin) return program;
  writeFileSync(file, `#!/bin/sh\nexec taskset -c ${CORE_NUMBER[core]} '${program}' "$@"\n`, { mode: 0o700 });
  return file;
}

/** A process that is told lines and answers with lines. */
export type LineProcess = {
  readonly tell: (line: string) => void;
  /** The words after `name` of the next line that begins with it. Lines that nobody waits for are kept. */
  readonly next: (name: string) => Promise<readonly string[]>;
  readonly ask: (line: string, name: string) => Promise<readonly string[]>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export function startLineProcess(core: Core, command: readonly string[]): LineProcess {
  const [file, ...args] = pinnedCommand(core, command);
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const heard: string[] = [];
  const waiting: { name: string; resolve: (words: readonly string[]) => void; reject: (e: Error) => void }[] =
    [];
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  child.stdin.on('error', () => undefined);
  const match = () => {
    for (const [place, { name, resolve }] of waiting.entries()) {
      const at = heard.findIndex((line) => line.split(' ', 1)[0] === name);
      if (at < 0) continue;
      waiting.splice(place, 1);
      resolve(heard.splice(at, 1).join('').split(' ').slice(1));
      return;
    }
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    heard.push(line);
    match();
  });
  const ended = () => new Error(`${command.join(' ')} ended: ${errors.trim() || 'without a word'}`);
  child.once('close', () => {
    for (const { reject } of waiting.splice(0)) reject(ended());
  });

  const next = (name: string) =>
    new Promise<readonly string[]>((resolve, reject) => {
      if (hasEnded(child)) return reject(ended());
      const tooLong = new Error(
        `no "${name}" of ${command.join(' ')} within ${ANSWER_WITHIN_MS} ms: ${errors}`,
      );
      const timer = setTimeout(() => reject(tooLong), ANSWER_WITHIN_MS);
      const settled =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          then(value);
        };
      waiting.push({ name, resolve: settled(resolve), reject: settled(reject) });
      match();
    });
  const tell = (line: string) => void child.stdin.write(`${line}\n`);
  return {
    tell,
    next,
    ask(line, name) {
      tell(line);
      return next(name);
    },
    async [Symbol.asyncDispose]() {
      if (hasEnded(child)) return;
      const gone = once(child, 'close');
      const timer = setTimeout(() => child.kill('SIGKILL'), GOES_WITHIN_MS);
      child.stdin.end();
      await gone;
      clearTimeout(timer);
    },
  };
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
