import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** So many SYNs at a time: what a listener's backlog loses comes again only after a second. */
const CALLERS_AT_A_TIME = 250;

/** What a caller does once it is connected. */
export type Speaks = (socket: Socket) => void;

export type Crowd = {
  /** How many the other side has not yet closed. */
  open(): number;
  /** All that was said to any of them, once each. */
  answers(): readonly string[];
  [Symbol.dispose](): void;
};

/** Many callers, each on a connection of its own, that stay until they are sent away. */
export async function openCrowd(port: number, count: number, speaks: Speaks): Promise<Crowd> {
  const callers = new Set<Socket>();
  const answers = new Set<string>();
  for (let left = count; left > 0; left -= CALLERS_AT_A_TIME) {
    const some = Array.from({ length: Math.min(left, CALLERS_AT_A_TIME) }, async () => {
      const socket = connect({ host: '127.0.0.1', port });
      callers.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (answer) => answers.add(answer.toString('latin1')));
      socket.once('close', () => callers.delete(socket));
      await once(socket, 'connect');
      speaks(socket);
    });
    await Promise.all(some);
  }
  return {
    open: () => callers.size,
    answers: () => [...answers],
    [Symbol.dispose]: () => {
      for (const socket of callers) socket.destroy();
    },
  };
}

export const sayNothing: Speaks = () => undefined;

/** A byte at a time, from the beginning again once all is said; the first part is said at once. */
export const dribble =
  (first: string | Buffer, rest: string | Buffer, everyMs: number): Speaks =>
  (socket) => {
    const bytes = Buffer.from(rest);
    let at = 0;
    socket.write(first);
    const timer = setInterval(() => {
      socket.write(bytes.subarray(at, at + 1));
      at = (at + 1) % bytes.length;
    }, everyMs);
    socket.once('close', () => clearInterval(timer));
  };
