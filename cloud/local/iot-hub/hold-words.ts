import type { Socket } from 'node:net';

/** A TLS ClientHello has two; until it is answered nobody has more to say. */
const MAX_BYTES = 8 * 1024;
/** Each costs more than its bytes. */
const MAX_PIECES = 64;

/**
 * Keeps what a socket says while it waits, so that it is heard when it hangs up: then, or if it says too much, it is
 * destroyed. Calls `onFirst` after its first words. Gives a function that puts all words back, unread.
 */
export function holdWords(socket: Socket, onFirst: () => void): () => void {
  const said: Buffer[] = [];
  let bytes = 0;
  const hear = (piece: Buffer) => {
    said.push(piece);
    bytes += piece.length;
    if (bytes > MAX_BYTES || said.length > MAX_PIECES) socket.destroy();
    else if (said.length === 1) onFirst();
  };
  const hangUp = () => socket.destroy();
  socket.on('data', hear);
  socket.on('end', hangUp);
  return () => {
    socket.off('data', hear);
    socket.off('end', hangUp);
    socket.pause();
    socket.unshift(Buffer.concat(said));
  };
}
