import type { Logger } from 'pino';
import type { Devices } from '../state/devices.ts';
import type { Rate } from './allowance.ts';
import { type BatchSizes, CommitQueue } from './commit-queue.ts';
import { ConnectedDevices } from './connected-devices.ts';
import { SocketStream } from './device-stream.ts';
import { createHttpService, type HttpLimits } from './http-service.ts';
import { hubAccess, type RegistryPolicy } from './hub-access.ts';
import type { DeliverBatch } from './hub-event.ts';
import { MqttSession, PUBLISH_RATE } from './mqtt-session.ts';
import { PostAllowances } from './post-allowances.ts';
import { createStampEvent } from './stamp-event.ts';
import { type DoorLimits, openTlsDoor, type TlsCertificate } from './tls-door.ts';
import type { ToMqtt } from './web-socket-door.ts';

/** Device SDKs give up at 30 s and send again. */
const COMMIT_WITHIN_MS = 20_000;
const EXPIRY_CHECK_EVERY_MS = 1_000;
/** The port that MQTT clients use where none is named. */
const MQTT_PORT = 8883;

export type HubLimits = DoorLimits & HttpLimits & { readonly connectWithinMs?: number };

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
  readonly batches: BatchSizes;
  /** Rises by one a call, also across restarts: `openSequenceNumbers`. */
  readonly nextSequenceNumber: () => number;
  readonly commitWithinMs?: number;
  /** Beyond this many that wait to be committed, nothing more is read. */
  readonly maxWaitingEvents?: number;
  /** How often one device may send: over MQTT it is then read more slowly, over HTTPS answered 429. */
  readonly publishRate?: Rate;
  readonly limits?: HubLimits;
  readonly now: () => number;
  readonly log: Logger;
};

export type IotHub = {
  readonly port: number;
  /** As it stands in connection strings: `localhost:8884`, `localhost` on port 8883. */
  readonly hostName: string;
  useCertificate(certificate: TlsCertificate): void;
  /** Further names and addresses by which devices may call from now on, without port. */
  addNames(names: readonly string[]): void;
  /** Stops accepting, finishes the batch under way and its acknowledgements, ends all connections. */
  close(): Promise<void>;
};

/**
 * The embedded IoT Hub: devices over MQTT 3.1.1, MQTT over WebSocket and HTTPS, services over HTTPS, all on one TLS port.
 * What is not built (AMQP, twins, direct methods, cloud-to-device, modules, X.509 devices) is refused or left unanswered.
 */
export async function startIotHub(options: IotHubOptions): Promise<IotHub> {
  const { devices, limits, now, log } = options;
  const hubNames = new Set<string>();
  const access = hubAccess({ hubNames, devices, registryPolicies: options.registryPolicies, now });
  const connected = new ConnectedDevices(now);
  const queue = new CommitQueue({ commitWithinMs: COMMIT_WITHIN_MS, ...options });
  const stamp = createStampEvent(now, options.nextSequenceNumber);
  const publishRate = options.publishRate ?? PUBLISH_RATE;
  const posts = new PostAllowances(publishRate);
  const { connectWithinMs } = limits ?? {};
  const services = { access, devices, connected, queue, stamp, publishRate, connectWithinMs, now, log };
  const toMqtt: ToMqtt = (stream, proven) => new MqttSession(stream, services, proven);
  const door = await openTlsDoor({
    ...options,
    toMqtt: (socket, proven) => toMqtt(new SocketStream(socket), proven),
    toHttp: createHttpService({ ...services, toMqtt, limits, waitMs: posts.waitMs }),
  });
  const addNames = (names: readonly string[]) => {
    for (const name of names) hubNames.add(name.toLowerCase()).add(`${name.toLowerCase()}:${door.port}`);
  };
  addNames([options.hostName, ...(options.hubNames ?? [])]);
  const recheck = (deviceId: string) => {
    const device = devices.read(deviceId);
    connected.recheck(deviceId, device);
    if (device === undefined) posts.forget(deviceId);
  };
  const stopListening = [devices.onRevoked(recheck), devices.onRekeyed(recheck)];
  const expiryCheck = setInterval(() => connected.endExpired(now()), EXPIRY_CHECK_EVERY_MS);

  return {
    port: door.port,
    hostName: door.port === MQTT_PORT ? options.hostName : `${options.hostName}:${door.port}`,
    useCertificate: door.useCertificate,
    addNames,
    close: async () => {
      clearInterval(expiryCheck);
      for (const stop of stopListening) stop();
      door.stopAccepting();
      for (const connection of connected.all()) connection.finish('the hub closes');
      await queue.close();
      await door.closed();
    },
  };
}
