import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { writePlain } from './write-plain.ts';

/** The first byte of TLS (RFC 8446 section 5.1, handshake). No HTTP method begins with it. */
const TLS_HANDSHAKE = 0x16;
const FIRST_BYTE_WITHIN_MS = 10_000;
/** From the first byte to the end of the answer. */
const ANSWERED_WITHIN_MS = 10_000;
const MAX_HEADER_BYTES = 8 * 1024;

const PERMANENT_REDIRECT = 308;

/**
 * Lets a TLS server answer who speaks plain HTTP to its port, instead of an alert that no browser explains: a page is sent
 * on to https, anything else is told, for what it carried in the clear is not to be sent so again.
 */
export function answerPlainHttp(
  server: HttpsServer,
  isKnownHost: (request: IncomingMessage) => boolean,
): void {
  const plain = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) =>
    sendToHttps(request, response, isKnownHost(request)),
  );
  // It never listens: what it is handed has a time limit of our own.
  const toPlain = (socket: Socket): void => {
    const limit = setTimeout(() => socket.destroy(), ANSWERED_WITHIN_MS);
    socket.once('close', () => clearTimeout(limit));
    plain.emit('connection', socket);
    socket.resume();
  };

  const toTls = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const fail = () => socket.destroy();
    const limit = setTimeout(fail, FIRST_BYTE_WITHIN_MS);
    socket.once('close', () => clearTimeout(limit));
    socket.on('error', fail);
    socket.once('data', (chunk: Buffer) => {
      clearTimeout(limit);
      socket.pause();
      socket.unshift(chunk);
      if (chunk[0] !== TLS_HANDSHAKE) return toPlain(socket);
      // TLS takes the handle, and what was put back; to resume the socket would take it away again.
      for (const listener of toTls) listener.call(server, socket);
    });
  });
}

function sendToHttps(request: IncomingMessage, response: ServerResponse, isKnownHost: boolean): void {
  const { method, url = '/', headers } = request;
  const isPage = (method === 'GET' || method === 'HEAD') && url.startsWith('/');
  const there = isKnownHost ? `https://${headers.host}` : 'https';
  const words = `This server speaks HTTPS only: use ${there}`;
  if (isKnownHost && isPage && headers.upgrade === undefined) {
    const onwards = { location: `${there}${url}`, 'cache-control': 'no-store', connection: 'close' };
    writePlain(response, PERMANENT_REDIRECT, words, onwards);
  } else {
    writePlain(response, 400, words, { connection: 'close' });
  }
}
