import type { Logger } from 'pino';
import { callsItself } from './certificates/calls-itself.ts';
import { namesForOthers, shownCertificate } from './certificates/shown-certificate.ts';
import type { Certificates } from './certificates/start-certificates.ts';
import type { BatchSizes } from './iot-hub/commit-queue.ts';
import type { DeliverBatch } from './iot-hub/hub-event.ts';
import { type IotHub, startIotHub } from './iot-hub/start-iot-hub.ts';
import { isLoopback, localName, urlHost } from './listen-address.ts';
import type { PlatformDatabase } from './open-data-folder.ts';
import { openDevices } from './state/devices.ts';
import { platformSecret } from './state/secrets.ts';
import { openSequenceNumbers } from './state/sequence-numbers.ts';
import type { Started } from './stop-local-cloud.ts';
import { listenError } from './web/listen.ts';

export type HubOptions = {
  readonly database: PlatformDatabase;
  readonly certificates: Certificates;
  readonly host: string;
  readonly port: number;
  readonly batches: BatchSizes;
  readonly deliver: DeliverBatch;
  readonly log: Logger;
  readonly now: () => number;
};

export type StartedHub = {
  readonly iotHub: IotHub;
  /** The name in connection strings, without port. */
  readonly hostName: string;
  /** What may read and write the hub's registry. */
  readonly registryPolicy: { readonly name: string; readonly key: string };
};

/**
 * Starts the IoT hub. On a loopback address it shows the installation's own certificate; on any other the owner's, where
 * there is one that names this machine. Rejects with a HostError, ERR_PORT_TAKEN or ERR_ADDRESS.
 */
export async function startHub(options: HubOptions, started: Started): Promise<StartedHub> {
  const { database, certificates, host, port, log, now } = options;
  const registryPolicy = { name: 'registryReadWrite', key: platformSecret(database, 'hub-owner-key') };
  const isLocal = isLoopback(host);
  const nameNow = () => (isLocal ? undefined : namesForOthers(certificates)[0]);
  const certificateNow = () => {
    const name = nameNow();
    return name === undefined ? certificates.own() : shownCertificate(certificates, name);
  };
  const name = nameNow() ?? localName(host);
  const hostName = urlHost(name);
  const otherNames = isLocal ? [] : certificates.names().map(urlHost);

  const starting = startIotHub({
    ...options,
    hostName,
    hubNames: ['localhost', '127.0.0.1', '[::1]', ...otherNames],
    certificate: certificateNow(),
    devices: openDevices(database),
    registryPolicies: [registryPolicy],
    nextSequenceNumber: openSequenceNumbers(database, now),
  });
  const iotHub = await starting.catch((cause) => {
    throw listenError(cause, { host, port, option: '--iot-hub-port' });
  });
  started.iotHub = iotHub;
  certificates.onChange(() => {
    iotHub.useCertificate(certificateNow());
    if (!isLocal) iotHub.addNames(certificates.names().map(urlHost));
    if (isLocal || name === 'localhost' || certificates.names().includes(name)) return;
    log.warn({ hostName }, LOST_ADDRESS);
  });
  if (!isLocal) await tellIfUnreachable(name, iotHub.port, log);
  return { iotHub, hostName, registryPolicy };
}

const LOST_ADDRESS =
  'this machine has no longer the address that sensors were told: start anew, or give it a name with --name';
const NOT_REACHED =
  'this machine does not reach its own IoT hub by the name that sensors are told, so none can be added: the name must ' +
  'lead here, and a private authority of --certificate be at the end of its file, or in NODE_EXTRA_CA_CERTS';

/** The app calls the hub's registry by the name that sensors are told: with the owner's certificate no other may do. */
async function tellIfUnreachable(name: string, port: number, log: Logger): Promise<void> {
  const called = await callsItself(name, port);
  if (!called.ok) log.error({ name, why: called.why }, NOT_REACHED);
}
