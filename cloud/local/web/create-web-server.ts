import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { createSecureContext, type SecureContext } from 'node:tls';

const MAX_CONNECTIONS = 20_000;
const MAX_HEADER_BYTES = 16 * 1024;
const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 60_000;
const KEEP_ALIVE_MS = 65_000;
/** How often those limits are looked at. */
const CHECK_EVERY_MS = 5_000;
/** A fleet that comes back after a power cut shakes hands all at once. */
const HANDSHAKE_WITHIN_MS = 20_000;

const HTTP: ServerOptions = {
  maxHeaderSize: MAX_HEADER_BYTES,
  headersTimeout: HEADERS_WITHIN_MS,
  requestTimeout: REQUEST_WITHIN_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
  connectionsCheckingInterval: CHECK_EVERY_MS,
};

/** PEM, a certificate with what signed it, and its private key. */
export type TlsCertificate = { readonly certPem: string; readonly keyPem: string };

/** What a TLS server shows, which may change while it runs. */
export type TlsCertificates = {
  /** To who names this server so; undefined: names nobody. The same object as long as nothing changed. */
  shownTo(serverName: string | undefined): TlsCertificate;
  onChange(listener: () => void): void;
};

export function createHttpServer(): Server {
  const server = createServer(HTTP);
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

/** Connections are shown what the certificates say at the moment of their handshake. */
export function createHttpsServer({ shownTo, onChange }: TlsCertificates): TlsServer {
  const contexts = new WeakMap<TlsCertificate, SecureContext>();
  const contextOf = (certificate: TlsCertificate): SecureContext => {
    const context = contexts.get(certificate) ?? createSecureContext(tlsOptions(certificate));
    contexts.set(certificate, context);
    return context;
  };
  const server = createTlsServer({
    ...HTTP,
    ...tlsOptions(shownTo(undefined)),
    handshakeTimeout: HANDSHAKE_WITHIN_MS,
    SNICallback: (serverName, done) => done(null, contextOf(shownTo(serverName))),
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  onChange(() => server.setSecureContext(tlsOptions(shownTo(undefined))));
  return server;
}

const tlsOptions = ({ certPem, keyPem }: TlsCertificate) =>
  ({ cert: certPem, key: keyPem, minVersion: 'TLSv1.2' }) as const;
