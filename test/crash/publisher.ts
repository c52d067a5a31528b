import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import mqtt, { type MqttClient } from 'mqtt';
import { type Device, sasTokenOf } from '../support/device-credentials.ts';
import type { Counter, Said } from './crowd.ts';

const IN_FLIGHT = 10;
const CONNECT_AGAIN_AFTER_MS = 20;
const CONNECT_WITHIN_MS = 5_000;
/** A sensor loses its power now and then, and begins a new boot. */
const RESTARTS = 0.2;

export type Publisher = {
  readonly sensorId: string;
  /** What the hub has acknowledged so far. */
  acknowledged(): { readonly readings: number; readonly in: number; readonly out: number };
  /** Says nothing new any more; resolves once all that was said is acknowledged. */
  drained(): Promise<void>;
  /** Goes on after `drained`. */
  resume(): void;
  close(): Promise<void>;
};

type Hub = { readonly port: number; readonly caFile: string };

/**
 * A sensor that never gives up: so many messages in flight, and after each broken connection all of them again that were
 * not acknowledged, in their order, before anything new.
 */
export function startPublisher(device: Device, hub: Hub, counter: Counter, random: () => number): Publisher {
  const sum = { readings: 0, in: 0, out: 0 };
  const waiting = new Set<Said>();
  let quiet: PromiseWithResolvers<void> | undefined;
  let isClosed = false;
  let client: MqttClient | undefined;

  const acknowledge = (said: Said) => {
    if (!waiting.delete(said)) return;
    sum.readings += 1;
    sum.in += said.in;
    sum.out += said.out;
  };
  const send = (to: MqttClient, said: Said) =>
    to.publish(`devices/${device.id}/messages/events/`, said.body, { qos: 1 }, (error) => {
      if (error || to !== client) return;
      acknowledge(said);
      fill(to);
    });
  const fill = (to: MqttClient) => {
    while (quiet === undefined && !isClosed && waiting.size < IN_FLIGHT) {
      const said = counter.next();
      waiting.add(said);
      send(to, said);
    }
    if (waiting.size === 0) quiet?.resolve();
  };
  const run = async () => {
    while (!isClosed) {
      const connected = await connectedClient(device, hub);
      if (connected === undefined) {
        await delay(CONNECT_AGAIN_AFTER_MS);
        continue;
      }
      client = connected;
      const over = closed(connected);
      if (random() < RESTARTS) counter.restart();
      for (const said of waiting) send(connected, said);
      fill(connected);
      if (isClosed) connected.end(true);
      await over;
      connected.end(true);
    }
  };
  const running = run();

  return {
    sensorId: device.id,
    acknowledged: () => ({ ...sum }),
    drained() {
      quiet ??= Promise.withResolvers<void>();
      if (waiting.size === 0) quiet.resolve();
      return quiet.promise;
    },
    resume() {
      quiet = undefined;
      if (client?.connected) fill(client);
    },
    async close() {
      isClosed = true;
      client?.end(true);
      await running;
    },
  };
}

async function connectedClient(device: Device, { port, caFile }: Hub): Promise<MqttClient | undefined> {
  const client = mqtt.connect(`mqtts://localhost:${port}`, {
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: CONNECT_WITHIN_MS,
    clientId: device.id,
    username: `${device.hostName}/${device.id}/?api-version=2021-04-12`,
    password: sasTokenOf(device),
    ca: readFileSync(caFile),
  });
  // A broken connection is what this is about; unheard, it would end the process.
  client.on('error', () => undefined);
  const isConnected = await Promise.race([
    new Promise<true>((resolve) => client.once('connect', () => resolve(true))),
    closed(client).then(() => false),
  ]);
  if (isConnected) return client;
  client.end(true);
  return undefined;
}

const closed = (client: MqttClient): Promise<void> =>
  new Promise((resolve) => client.once('close', () => resolve()));
