import { join } from 'node:path';
import type { Logger } from 'pino';
import type { DeliverBatch } from './iot-hub/hub-event.ts';
import { type IotHub, startIotHub } from './iot-hub/start-iot-hub.ts';
import { localName, namesOf } from './listen-address.ts';
import type { PlatformDatabase } from './open-data-folder.ts';
import { openDevices } from './state/devices.ts';
import { platformSecret } from './state/secrets.ts';
import { openSequenceNumbers } from './state/sequence-numbers.ts';
import { serverCertificate } from './state/server-certificate.ts';
import type { Started } from './stop-local-cloud.ts';
import { trustAuthority } from './trust-authority.ts';
import { listenError } from './web/listen.ts';

const LOOK_AT_CERTIFICATE_EVERY_MS = 24 * 3_600_000;

export type HubOptions = {
  readonly database: PlatformDatabase;
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  readonly maxBatchEvents: number;
  readonly deliver: DeliverBatch;
  readonly log: Logger;
  readonly now: () => number;
};

export type StartedHub = {
  readonly iotHub: IotHub;
  readonly caPem: string;
  readonly caFile: string;
  /** What may read and write the hub's registry. */
  readonly registryPolicy: { readonly name: string; readonly key: string };
};

/**
 * Starts the IoT hub behind the installation's own certificate, which it renews in time, and has this process trust it:
 * the app calls the hub's registry. Rejects with a HostError, ERR_PORT_TAKEN or ERR_ADDRESS.
 */
export async function startHub(options: HubOptions, started: Started): Promise<StartedHub> {
  const { database, host, port, log, now } = options;
  const registryPolicy = { name: 'registryReadWrite', key: platformSecret(database, 'hub-owner-key') };
  const caFile = join(options.dataFolder, 'ca.pem');
  const names = namesOf(host);
  const certificateNow = () => serverCertificate({ database, caFile, names, now: now() });
  const certificate = await certificateNow();
  started.undo.push(trustAuthority(certificate.caPem));

  const starting = startIotHub({
    ...options,
    hostName: localName(host),
    hubNames: ['localhost', '127.0.0.1', '[::1]', ...names],
    certificate,
    devices: openDevices(database),
    registryPolicies: [registryPolicy],
    nextSequenceNumber: openSequenceNumbers(database, now),
  });
  const iotHub = await starting.catch((cause) => {
    throw listenError(cause, { host, port, option: '--iot-hub-port' });
  });
  started.iotHub = iotHub;

  const renew = async () => {
    try {
      iotHub.useCertificate(await certificateNow());
    } catch (error) {
      log.error({ err: error }, 'the certificate cannot be renewed');
    }
  };
  const renewal = setInterval(renew, LOOK_AT_CERTIFICATE_EVERY_MS);
  started.undo.push(() => clearInterval(renewal));
  return { iotHub, caPem: certificate.caPem, caFile, registryPolicy };
}
