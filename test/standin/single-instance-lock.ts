import { createHash } from 'node:crypto';
import { createConnection, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a second start tells the first. */
export type SecondStart = {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
};

const NOBODY = () => undefined;

/**
 * One instance for one folder of user data. The lock is a socket in Linux's abstract name space: taking it is
 * atomic, and it goes with the process that holds it, however that one ends.
 */
export class SingleInstanceLock {
  #server: Server | undefined;
  #told: Promise<void> = Promise.resolve();

  /** False if another process holds it, which is then told of this start. */
  request(userData: string, start: SecondStart, onSecondStart: (start: SecondStart) => void): boolean {
    if (this.#server !== undefined) return true;
    const address = `\0standin-${createHash('sha256').update(userData).digest('hex')}`;
    const server = createServer(async (socket) => {
      socket.on('error', NOBODY);
      onSecondStart(JSON.parse(await text(socket)));
    });
    // `listen` binds at once; only its events come later.
    server.on('error', NOBODY).listen(address).unref();
    if (server.listening) this.#server = server;
    else this.#told = tell(address, start);
    return server.listening;
  }

  isHeld(): boolean {
    return this.#server !== undefined;
  }

  release(): void {
    this.#server?.close();
    this.#server = undefined;
  }

  /** Resolves when the holder has been told. */
  told(): Promise<void> {
    return this.#told;
  }
}

function tell(address: string, start: SecondStart): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = createConnection(address, () => socket.end(JSON.stringify(start)));
  socket.on('error', NOBODY).on('close', () => resolve());
  return promise;
}
