import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { Logger } from 'pino';

const MAX_CONNECTIONS = 20_000;
const HANDSHAKE_WITHIN_MS = 10_000;
const FIRST_BYTE_WITHIN_MS = 10_000;
/** After the last words were written, time for the other side to close. */
const LINGER_MS = 1_000;
/** MQTT 3.1.1 section 3.1.1: CONNECT. No HTTP method begins with it. */
const MQTT_CONNECT = 0x10;

/** PEM, certificate and its private key. */
export type TlsCertificate = { readonly certPem: string; readonly keyPem: string };

export type TlsDoor = {
  readonly port: number;
  /** For connections made from now on. */
  useCertificate(certificate: TlsCertificate): void;
  stopAccepting(): void;
  /** Waits for the connections to end, not long. */
  closed(): Promise<void>;
};

/** One TLS port for both protocols: what the client says first decides who gets the socket, as yet unread. */
export async function openTlsDoor(options: {
  readonly host: string;
  readonly port: number;
  readonly certificate: TlsCertificate;
  readonly toMqtt: (socket: TLSSocket) => void;
  readonly toHttp: (socket: TLSSocket) => void;
  readonly log: Logger;
}): Promise<TlsDoor> {
  const { host, certificate, toMqtt, toHttp, log } = options;
  const sockets = new Set<Socket>();
  const server = createServer({
    ...tlsOptions(certificate),
    handshakeTimeout: HANDSHAKE_WITHIN_MS,
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', (err, socket) => {
    log.debug({ err }, 'TLS handshake failed');
    socket.destroy();
  });
  server.on('secureConnection', (socket) => {
    socket.on('error', (err) => log.debug({ err }, 'connection failed'));
    const deadline = setTimeout(() => socket.destroy(), FIRST_BYTE_WITHIN_MS);
    socket.on('close', () => clearTimeout(deadline));
    socket.once('data', (chunk: Buffer) => {
      clearTimeout(deadline);
      socket.pause();
      socket.unshift(chunk);
      (chunk[0] === MQTT_CONNECT ? toMqtt : toHttp)(socket);
      socket.resume();
    });
  });

  server.listen(options.port, host);
  await once(server, 'listening');
  const ended = Promise.withResolvers<void>();
  return {
    port: (server.address() as AddressInfo).port,
    useCertificate: (next) => server.setSecureContext(tlsOptions(next)),
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
