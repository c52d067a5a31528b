import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import type { UtilityProcess as ElectronUtilityProcess, ForkOptions } from 'electron';

type Offered = 'kill' | 'pid' | 'postMessage' | 'stderr' | 'stdout';

/** How a utility process ended, for `child-process-gone`. */
export type UtilityEnd = {
  readonly type: 'Utility';
  readonly reason: 'abnormal-exit' | 'clean-exit' | 'killed';
  readonly exitCode: number;
  readonly serviceName: string;
  readonly name: string;
};

const CHILD = new URL('./utility-child.ts', import.meta.url).href;
/** As a shell tells of a death by SIGKILL. */
const KILLED = 137;
const STOPS_WITHIN_MS = 2_000;
const DEFAULT_NAME = 'Node Utility Process';

/** A Node process of its own, with `process.parentPort` and without a way to open windows. */
export class UtilityProcess extends EventEmitter implements Pick<ElectronUtilityProcess, Offered> {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #exited = Promise.withResolvers<UtilityEnd>();
  #pid: number | undefined;

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super();
    const { cwd, env, execArgv = [], serviceName = DEFAULT_NAME } = options;
    this.#name = serviceName;
    this.#child = fork(modulePath, args, {
      execArgv: ['--no-warnings', '--import', CHILD, ...execArgv],
      serialization: 'advanced',
      stdio: [...stdioOf(options.stdio), 'ipc'],
      ...(cwd !== undefined && { cwd }),
      ...(env !== undefined && { env: env as NodeJS.ProcessEnv }),
    });
    this.#child.once('spawn', () => {
      this.#pid = this.#child.pid;
      this.emit('spawn');
    });
    this.#child.on('message', (message) => this.emit('message', message));
    // A module that is not there ends the process; only a Node that is not there is an error.
    this.#child.on('error', () => this.#exit(1));
    this.#child.once('exit', (code) => this.#exit(code));
  }

  get pid(): number | undefined {
    return this.#pid;
  }

  get stdout(): Readable | null {
    return this.#child.stdout;
  }

  get stderr(): Readable | null {
    return this.#child.stderr;
  }

  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object);
  }

  /** Asks it to end, by SIGTERM. */
  kill(): boolean {
    return this.#child.kill();
  }

  /** Resolves when the process is gone, with how it ended. */
  exited(): Promise<UtilityEnd> {
    return this.#exited.promise;
  }

  /** For the app's own end: resolves when the process is gone, which cannot refuse for long. */
  async stop(): Promise<void> {
    const giveUp = setTimeout(() => this.#child.kill('SIGKILL'), STOPS_WITHIN_MS);
    this.kill();
    await this.exited();
    clearTimeout(giveUp);
  }

  #exit(code: number | null): void {
    const exitCode = code ?? KILLED;
    const reason = code === null ? 'killed' : code === 0 ? 'clean-exit' : 'abnormal-exit';
    this.#pid = undefined;
    this.emit('exit', exitCode);
    this.#exited.resolve({ type: 'Utility', reason, exitCode, serviceName: this.#name, name: this.#name });
  }
}

/** Electron's default is `inherit` for output; there is no input. */
function stdioOf(stdio: ForkOptions['stdio'] = 'inherit'): ('ignore' | 'inherit' | 'pipe')[] {
  if (typeof stdio === 'string') return ['ignore', stdio as 'inherit', stdio as 'inherit'];
  const [, stdout = 'inherit', stderr = 'inherit'] = stdio;
  return ['ignore', stdout, stderr];
}
