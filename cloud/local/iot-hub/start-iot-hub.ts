import type { Logger } from 'pino';
import type { Devices } from '../state/devices.ts';
import { CommitQueue } from './commit-queue.ts';
import { ConnectedDevices } from './connected-devices.ts';
import { createHttpService } from './http-service.ts';
import { hubAccess, type RegistryPolicy } from './hub-access.ts';
import type { DeliverBatch } from './hub-event.ts';
import { MqttSession } from './mqtt-session.ts';
import { createStampEvent } from './stamp-event.ts';
import { openTlsDoor, type TlsCertificate } from './tls-door.ts';

/** Device SDKs give up at 30 s and send again. */
const COMMIT_WITHIN_MS = 20_000;
const EXPIRY_CHECK_EVERY_MS = 1_000;
/** The port that MQTT clients use where none is named. */
const MQTT_PORT = 8883;

export type IotHubOptions = {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The name in connection strings, without port. */
  readonly hostName: string;
  /** Further names and addresses by which devices may call this hub, without port. */
  readonly hubNames?: readonly string[];
  readonly certificate: TlsCertificate;
  readonly devices: Devices;
  readonly registryPolicies: readonly RegistryPolicy[];
  readonly deliver: DeliverBatch;
  readonly maxBatchEvents: number;
  /** Rises by one a call, also across restarts: `openSequenceNumbers`. */
  readonly nextSequenceNumber: () => number;
  readonly commitWithinMs?: number;
  /** Beyond this many that wait to be committed, nothing more is read. */
  readonly maxWaitingEvents?: number;
  readonly now: () => number;
  readonly log: Logger;
};

export type IotHub = {
  readonly port: number;
  /** As it stands in connection strings: `localhost:8884`, `localhost` on port 8883. */
  readonly hostName: string;
  useCertificate(certificate: TlsCertificate): void;
  /** Stops accepting, finishes the batch under way and its acknowledgements, ends all connections. */
  close(): Promise<void>;
};

/**
 * The embedded IoT Hub: devices over MQTT 3.1.1 and HTTPS, services over HTTPS, all on one TLS port. What is not built
 * (AMQP, twins, direct methods, cloud-to-device, X.509 devices, wills) is refused or left unanswered.
 */
export async function startIotHub(options: IotHubOptions): Promise<IotHub> {
  const { devices, now, log } = options;
  const hubNames = new Set<string>();
  const access = hubAccess({ hubNames, devices, registryPolicies: options.registryPolicies, now });
  const connected = new ConnectedDevices();
  const queue = new CommitQueue({ commitWithinMs: COMMIT_WITHIN_MS, ...options });
  const stamp = createStampEvent(now, options.nextSequenceNumber);
  const services = { access, devices, connected, queue, stamp, log };
  const door = await openTlsDoor({
    ...options,
    toMqtt: (socket) => new MqttSession(socket, services),
    toHttp: createHttpService(services),
  });
  for (const name of [options.hostName, ...(options.hubNames ?? [])]) {
    hubNames.add(name.toLowerCase()).add(`${name.toLowerCase()}:${door.port}`);
  }
  const forgetRevoked = devices.onRevoked((deviceId) => connected.cut(deviceId, 'disabled or deleted'));
  const expiryCheck = setInterval(() => connected.endExpired(now()), EXPIRY_CHECK_EVERY_MS);

  return {
    port: door.port,
    hostName: door.port === MQTT_PORT ? options.hostName : `${options.hostName}:${door.port}`,
    useCertificate: door.useCertificate,
    close: async () => {
      clearInterval(expiryCheck);
      forgetRevoked();
      door.stopAccepting();
      for (const connection of connected.all()) connection.finish('the hub closes');
      await queue.close();
      await door.closed();
    },
  };
}
