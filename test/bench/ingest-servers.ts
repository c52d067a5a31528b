import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { openPlatformDatabase } from '../../cloud/local/state/open-platform-database.ts';
import { serverCertificate } from '../../cloud/local/state/server-certificate.ts';
import { type Device, sasTokenOf } from '../support/device-credentials.ts';
import { compiled } from './compiled.ts';
import { type Credentials, compiledWithTls, type LoadTarget } from './ingest-load.ts';
import { type LineProcess, startLineProcess } from './line-process.ts';

const API_VERSION = '2021-04-12';
const STARTS_WITHIN_MS = 10_000;

export type IngestServer = {
  readonly target: LoadTarget;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Files of a certificate of our own making, which all servers but the whole cloud show; it makes itself the same kind. */
export type CertificateFiles = {
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile: string;
};

export async function certificateFilesIn(folder: string): Promise<CertificateFiles> {
  const inFolder = (name: string) => join(folder, name);
  const caFile = inFolder('ca.pem');
  const database = openPlatformDatabase(inFolder('certificate.db'));
  const certificate = await serverCertificate({ database, caFile, names: [], now: Date.now() });
  database.close();
  const [certFile, keyFile] = [inFolder('cert.pem'), inFolder('key.pem')];
  writeFileSync(certFile, certificate.certPem);
  writeFileSync(keyFile, certificate.keyPem, { mode: 0o600 });
  return { certFile, keyFile, caFile };
}

export type Scene = {
  readonly folder: string;
  readonly certificate: CertificateFiles;
  readonly deviceCount: number;
};
/** Null where the machine does not have it. */
export type StartServer = (scene: Scene) => Promise<IngestServer | null>;

export const startPlainFloor: StartServer = async ({ folder, deviceCount }) => {
  const file = compiled('ingest-floor', folder);
  return file === null ? null : listening([file], null, strangers(deviceCount));
};

export const startTlsFloor: StartServer = async ({ folder, certificate, deviceCount }) => {
  const { certFile, keyFile, caFile } = certificate;
  const file = compiledWithTls('ingest-floor', folder);
  return file === null ? null : listening([file, certFile, keyFile], caFile, strangers(deviceCount));
};

export const startAedes: StartServer = ({ certificate, deviceCount }) => {
  const { certFile, keyFile, caFile } = certificate;
  const command = [...nodeOn('ingest-aedes'), certFile, keyFile];
  return listening(command, caFile, strangers(deviceCount));
};

/** Without subscribers and without persistence, as fast as it can be. */
export const startMosquitto: StartServer = async ({ folder, certificate, deviceCount }) => {
  const command = ['mosquitto', '/usr/sbin/mosquitto'].find((one) => spawnSync(one, ['-h']).pid > 0);
  if (command === undefined) return null;
  const { certFile, keyFile, caFile } = certificate;
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  writeFileSync(
    config,
    [
      `listener ${port} 127.0.0.1`,
      `certfile ${certFile}`,
      `keyfile ${keyFile}`,
      'allow_anonymous true',
      'persistence false',
      'set_tcp_nodelay true',
      'max_inflight_messages 0',
      'log_dest none',
      // Else it gives up its rights first, and then cannot read the key.
      ...(process.getuid?.() === 0 ? ['user root'] : []),
      '',
    ].join('\n'),
  );
  const server = startLineProcess('measured', [...endsWithStdin, command, '-c', config]);
  return startedOn(server, { port, caFile, devices: strangers(deviceCount) });
};

/** The product's own endpoint, with nothing behind it. */
export const startEndpoint: StartServer = async ({ folder, certificate, deviceCount }) => {
  const { certFile, keyFile, caFile } = certificate;
  const command = [...nodeOn('ingest-endpoint'), folder, certFile, keyFile, String(deviceCount)];
  const server = startLineProcess('measured', command);
  const [port] = await server.next('listening');
  const { hostName, keys } = devicesSchema.parse(
    JSON.parse(readFileSync(join(folder, 'devices.json'), 'utf8')),
  );
  const devices = keys.map(({ id, key }) => credentialsOf({ hostName, id, key }));
  return { target: { port: Number(port), caFile, devices }, ...disposing(server) };
};

const devicesSchema = z.object({
  hostName: z.string(),
  keys: z.array(z.object({ id: z.string(), key: z.string() })),
});

/** As IoT Hub's documentation has it. */
export const credentialsOf = (device: Device): Credentials => ({
  id: device.id,
  userName: `${device.hostName}/${device.id}/?api-version=${API_VERSION}`,
  password: sasTokenOf(device),
});

/** Whom a broker lets in that asks nobody; what they say of themselves is as long as what our devices say. */
const strangers = (count: number): readonly Credentials[] =>
  Array.from({ length: count }, (_, index) => {
    const id = `counter-${String(index).padStart(4, '0')}`;
    return { id, userName: `localhost/${id}/?api-version=${API_VERSION}`, password: 'x'.repeat(160) };
  });

const nodeOn = (peer: string): readonly string[] => [
  process.execPath,
  join(import.meta.dirname, 'peers', `${peer}.ts`),
];

/** For a server that would not notice that we are gone. */
const endsWithStdin = ['sh', '-c', '"$@" & read -r _; kill $!; wait $!', 'sh'];

async function listening(
  command: readonly string[],
  caFile: string | null,
  devices: readonly Credentials[],
): Promise<IngestServer> {
  const server = startLineProcess('measured', command);
  const [port] = await server.next('listening');
  return { target: { port: Number(port), caFile, devices }, ...disposing(server) };
}

async function startedOn(server: LineProcess, target: LoadTarget): Promise<IngestServer> {
  const untilMs = performance.now() + STARTS_WITHIN_MS;
  while (!(await answers(target.port))) {
    if (performance.now() > untilMs) throw new Error(`nobody listens on port ${target.port}`);
    await delay(20);
  }
  return { target, ...disposing(server) };
}

const disposing = (server: LineProcess) => ({
  [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
});

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
