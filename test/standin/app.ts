import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { App as ElectronApp } from 'electron';
import type { AppOnDisk } from './app-on-disk.ts';
import type { CommandLine } from './command-line.ts';
import { preventableEvent } from './preventable-event.ts';
import { SingleInstanceLock } from './single-instance-lock.ts';

type Offered =
  | 'enableSandbox'
  | 'exit'
  | 'getAppPath'
  | 'getName'
  | 'getPath'
  | 'getVersion'
  | 'hasSingleInstanceLock'
  | 'isPackaged'
  | 'isReady'
  | 'name'
  | 'quit'
  | 'relaunch'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setPath'
  | 'whenReady';

/** What the app's life moves. */
export type Machinery = {
  /** Starts what shows windows. */
  start(): Promise<void>;
  /** Asks each window to close. False if one refused. */
  closeWindows(): boolean;
  /** Ends every process that was started. */
  stop(): Promise<void>;
};

type PathName = Parameters<ElectronApp['getPath']>[0];

export class App extends EventEmitter implements Pick<ElectronApp, Offered> {
  readonly commandLine: CommandLine;
  readonly isPackaged = process.env.ELECTRON_FORCE_IS_PACKAGED === 'true';
  readonly name: string;
  readonly #disk: AppOnDisk;
  readonly #machinery: Machinery;
  readonly #lock = new SingleInstanceLock();
  readonly #paths = new Map<PathName, string>();
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #isQuitting = false;
  #isExiting = false;
  #isRelaunched = false;

  constructor(disk: AppOnDisk, commandLine: CommandLine, machinery: Machinery) {
    super();
    this.#disk = disk;
    this.#machinery = machinery;
    this.commandLine = commandLine;
    this.name = disk.name;
  }

  /** Called once the entry module has run to its end: what it did before counts, and no sooner is the app ready. */
  async boot(): Promise<void> {
    if (this.#isExiting) return;
    await this.#machinery.start();
    if (this.#isExiting) return;
    this.#isReady = true;
    this.#ready.resolve();
    this.emit('ready', {}, {});
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  getName(): string {
    return this.name;
  }

  getVersion(): string {
    return this.#disk.version;
  }

  getAppPath(): string {
    return this.#disk.path;
  }

  getPath(name: PathName): string {
    const path = this.#paths.get(name) ?? this.#defaultPath(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name as PathName, path);
  }

  #defaultPath(name: PathName): string | undefined {
    switch (name) {
      case 'home':
        return homedir();
      case 'temp':
        return tmpdir();
      case 'exe':
        return process.argv[0];
      case 'appData':
        return process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
      case 'userData':
        return this.commandLine.getSwitchValue('user-data-dir') || join(this.getPath('appData'), this.name);
      case 'sessionData':
        return this.getPath('userData');
      case 'logs':
        return join(this.getPath('userData'), 'logs');
      case 'crashDumps':
        return join(this.getPath('userData'), 'Crashpad');
      case 'module':
        return dirname(process.execPath);
      default:
        return undefined;
    }
  }

  /** Without effect: whether Chromium has its sandbox depends on who starts it, see README.md. */
  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    const start = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    return this.#lock.request(this.getPath('userData'), start, async (second) => {
      await this.#ready.promise;
      this.emit('second-instance', {}, second.argv, second.workingDirectory, second.additionalData);
    });
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock.isHeld();
  }

  releaseSingleInstanceLock(): void {
    this.#lock.release();
  }

  /** `before-quit`, the windows' `close` and `closed`, `will-quit`, `quit`; the first three may stop it. */
  quit(): void {
    if (this.#isQuitting) return;
    const before = preventableEvent({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#isQuitting = true;
    const isStopped = !this.#machinery.closeWindows() || !this.#mayQuit();
    if (isStopped) this.#isQuitting = false;
    else this.exit();
  }

  /** When this program has ended, another is started with the same arguments. */
  relaunch(): void {
    this.#isRelaunched = true;
  }

  /** A window has closed and none is left. */
  windowsGone(): void {
    if (this.#isQuitting || this.#isExiting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  exit(exitCode = 0): void {
    if (this.#isExiting) return;
    this.#isExiting = true;
    this.emit('quit', {}, exitCode);
    void this.#end(exitCode);
  }

  #mayQuit(): boolean {
    const event = preventableEvent({});
    this.emit('will-quit', event);
    return !event.defaultPrevented;
  }

  async #end(exitCode: number): Promise<void> {
    await Promise.all([this.#machinery.stop(), this.#lock.told()]);
    this.#lock.release();
    if (this.#isRelaunched) startAnew();
    process.exit(exitCode);
  }
}

function startAnew(): void {
  const [executable = '', ...args] = process.argv;
  spawn(executable, args, { detached: true, stdio: 'ignore' }).unref();
}
