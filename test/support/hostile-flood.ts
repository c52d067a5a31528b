import type { Socket } from 'node:net';

const STATUS = /HTTP\/1\.1 (\d{3})/g;
const LONGEST_STATUS_CHARACTERS = 12;
/** Requests that are under way on one connection at a time: HTTP pipelining, RFC 9112 9.3.2. */
const PIPELINED = 50;

/** The same request again and again over one connection; how often each status came back. */
export async function requestAgain(
  socket: Socket,
  lines: string,
  times: number,
): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  let answered = 0;
  let asked = 0;
  let rest = '';
  const ask = () => {
    const more = Math.min(PIPELINED, times - asked);
    asked += more;
    if (more > 0) socket.write(lines.repeat(more));
  };
  const all = new Promise<void>((resolve, reject) => {
    socket.once('close', () => reject(new Error(`closed after ${answered} of ${times} answers`)));
    socket.on('data', (bytes) => {
      const text = rest + bytes.toString('latin1');
      let end = 0;
      for (const found of text.matchAll(STATUS)) {
        const status = Number(found[1]);
        counts.set(status, (counts.get(status) ?? 0) + 1);
        answered += 1;
        end = found.index + LONGEST_STATUS_CHARACTERS;
      }
      rest = text.slice(Math.max(end, text.length - LONGEST_STATUS_CHARACTERS));
      if (answered === times) resolve();
      else if (answered === asked) ask();
    });
  });
  ask();
  await all;
  return counts;
}

/** Writes as long as the other side lets it: until all is said or the connection is over. */
export async function pour(socket: Socket, bytes: Buffer, times: number): Promise<void> {
  for (let left = times; left > 0 && !socket.destroyed; left -= 1) {
    if (!socket.write(bytes)) await drainedOrClosed(socket);
  }
}

function drainedOrClosed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
