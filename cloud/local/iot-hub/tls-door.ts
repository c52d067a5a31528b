import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { Logger } from 'pino';
import type { Rate } from './allowance.ts';
import { ArrivalLine } from './arrival-line.ts';
import { holdWords } from './hold-words.ts';
import { peerOf, Unproven } from './unproven.ts';

const MAX_CONNECTIONS = 20_000;
/** Of these, such whose handshake has not begun: they say nothing yet, or wait for their turn. */
const MAX_WAITING = 6_000;
/** And such as have not yet shown a token, counted apart so that no crowd outside ends a handshake that is under way. */
const MAX_UNPROVEN = 4_000;
/** Beyond this, new connections wait for their turn: those that are open go first. IoT Hub has 100 a second (S1). */
const NEW_CONNECTION_RATE: Rate = { perSecond: 500, burst: 2_000 };
/** From the connection to the first byte, and from its turn to the end of the handshake. */
const HANDSHAKE_WITHIN_MS = 10_000;
const FIRST_BYTE_WITHIN_MS = 10_000;
/** After the last words were written, time for the other side to close. */
const LINGER_MS = 1_000;
/** MQTT 3.1.1 section 3.1.1: CONNECT. No HTTP method begins with it. */
const MQTT_CONNECT = 0x10;

/** PEM, certificate and its private key. */
export type TlsCertificate = { readonly certPem: string; readonly keyPem: string };

export type DoorLimits = {
  readonly maxConnections?: number;
  readonly maxWaiting?: number;
  readonly maxUnproven?: number;
  readonly newConnectionRate?: Rate;
  readonly firstByteWithinMs?: number;
  readonly handshakeWithinMs?: number;
};

/** Takes over a socket, as yet unread; the function it gets is to be called once the other side has shown who it is. */
type ToProtocol = (socket: TLSSocket, proven: () => void) => void;

export type TlsDoor = {
  readonly port: number;
  /** For connections made from now on. */
  useCertificate(certificate: TlsCertificate): void;
  stopAccepting(): void;
  /** Waits for the connections to end, not long. */
  closed(): Promise<void>;
};

/** One TLS port for both protocols: what the client says first decides who gets the socket. */
export async function openTlsDoor(options: {
  readonly host: string;
  readonly port: number;
  readonly certificate: TlsCertificate;
  readonly toMqtt: ToProtocol;
  readonly toHttp: ToProtocol;
  readonly limits?: DoorLimits;
  readonly log: Logger;
}): Promise<TlsDoor> {
  const { host, certificate, toMqtt, toHttp, limits = {}, log } = options;
  const sockets = new Set<Socket>();
  const unproven = new Unproven(limits.maxUnproven ?? MAX_UNPROVEN);
  const waiting = new Unproven(limits.maxWaiting ?? MAX_WAITING);
  const line = new ArrivalLine(limits.newConnectionRate ?? NEW_CONNECTION_RATE);
  const handshakeWithinMs = limits.handshakeWithinMs ?? HANDSHAKE_WITHIN_MS;

  const tls = createServer({ ...tlsOptions(certificate), handshakeTimeout: handshakeWithinMs });
  tls.on('tlsClientError', (err, socket) => {
    log.debug({ err }, 'TLS handshake failed');
    socket.destroy();
  });
  tls.on('secureConnection', (socket) => {
    socket.on('error', (err) => log.debug({ err }, 'connection failed'));
    const deadline = setTimeout(() => socket.destroy(), limits.firstByteWithinMs ?? FIRST_BYTE_WITHIN_MS);
    socket.on('close', () => clearTimeout(deadline));
    socket.once('data', (chunk: Buffer) => {
      clearTimeout(deadline);
      socket.pause();
      socket.unshift(chunk);
      const peer = peerOf(socket);
      (chunk[0] === MQTT_CONNECT ? toMqtt : toHttp)(socket, () => unproven.delete(peer));
      socket.resume();
    });
  });
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    waiting.add(socket);
    socket.on('error', () => socket.destroy());
    const start = () => {
      if (socket.destroyed) return;
      waiting.delete(peerOf(socket));
      unproven.add(socket);
      putBack();
      tls.emit('connection', socket);
    };
    const deadline = setTimeout(() => socket.destroy(), handshakeWithinMs);
    // One that says nothing takes nobody's turn.
    const putBack = holdWords(socket, () => {
      clearTimeout(deadline);
      line.join(start);
    });
    socket.on('close', () => {
      sockets.delete(socket);
      clearTimeout(deadline);
      line.leave(start);
    });
  });
  server.maxConnections = limits.maxConnections ?? MAX_CONNECTIONS;

  server.listen(options.port, host);
  await once(server, 'listening');
  const ended = Promise.withResolvers<void>();
  return {
    port: (server.address() as AddressInfo).port,
    useCertificate: (next) => tls.setSecureContext(tlsOptions(next)),
    stopAccepting: () => server.close(() => ended.resolve()),
    closed: async () => {
      const linger = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, LINGER_MS);
      await ended.promise;
      clearTimeout(linger);
    },
  };
}

const tlsOptions = ({ certPem, keyPem }: TlsCertificate) =>
  ({ cert: certPem, key: keyPem, minVersion: 'TLSv1.2' }) as const;
