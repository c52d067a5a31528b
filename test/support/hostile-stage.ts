import { expect } from 'vitest';
import { calleMayor } from './calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from './cloud-process.ts';
import { type Device, deviceOf } from './device-credentials.ts';
import { type Caller, call, connectBytes, signedIn, upgradeLines } from './hostile-caller.ts';
import { openShop, type Shop } from './hostile-shop.ts';
import { type ProcessFacts, processFacts } from './process-facts.ts';

/** What all attacks of a test file together may cost. One that is not stopped costs gigabytes. */
const MAX_GROWTH_BYTES = 400 * 1024 * 1024;
/** Files that a busy cloud opens and closes by itself. */
const FILES_TO_SPARE = 10;
const READINGS_IN_THE_MEANTIME = 3;
/** MQTT 3.1.1 section 3.2: connection accepted. */
const LET_IN = '\x20\x02\0\0';

type Door = { readonly port: number; readonly caFile?: string };

/** A cloud with a shop that is open, and what an attacker may know of it who stole a sensor's key and a sign. */
export type Stage = {
  readonly cloud: CloudProcess;
  readonly shop: Shop;
  readonly http: Door;
  readonly hub: Door;
  /** Host header of each. */
  readonly host: string;
  readonly sensor: Device;
  /** Where a sign connects, and the token with which it does. */
  readonly sign: { readonly path: string; readonly token: string };
  /** A WebSocket of that sign, past its upgrade. */
  signSocket(): Promise<Caller>;
  /** The MQTT of that sensor, past its CONNECT. */
  sensorSocket(): Promise<Caller>;
  /** It is the same process, of a bounded size, and the shop goes on. */
  expectUnharmed(): Promise<void>;
  /** No connection is left but those of the shop. */
  expectFilesBack(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function openStage(): Promise<Stage> {
  const cloud = await startCloudProcess(['--demonstration-store-group', 'demo']);
  const { httpUrl, iotHub, caFile } = cloud.ready();
  const http = { port: Number(new URL(httpUrl).port) };
  const hub = { port: iotHub.port, caFile };
  const host = `localhost:${http.port}`;
  const sensors = await cloud.putStore('calle-mayor', calleMayor());
  const sensor = deviceOf(sensors.get('arcade-1') ?? '');
  const shop = await openShop(cloud, sensors.get('street-1') ?? '');
  const sign = await signedIn(httpUrl);
  const { pid } = cloud;
  const startedAs = pid();
  const factsNow = (): ProcessFacts => processFacts(startedAs ?? 0);
  const before = factsNow();

  return {
    cloud,
    shop,
    http,
    hub,
    host,
    sensor,
    sign,
    async signSocket() {
      const lines = upgradeLines(sign.path, { host, authorization: `Bearer ${sign.token}` });
      const caller = await call(http, lines);
      await expect.poll(caller.heard).toContain('101 Switching Protocols');
      return caller;
    },
    async sensorSocket() {
      const caller = await call(hub, connectBytes(sensor));
      await expect.poll(caller.heard).toBe(LET_IN);
      return caller;
    },
    async expectUnharmed() {
      const shown = shop.shown();
      await expect
        .poll(() => shop.failure() ?? shop.shown() - shown)
        .toBeGreaterThanOrEqual(READINGS_IN_THE_MEANTIME);
      expect(pid()).toBe(startedAs);
      expect(factsNow().residentBytes - before.residentBytes).toBeLessThan(MAX_GROWTH_BYTES);
    },
    async expectFilesBack() {
      await expect.poll(() => factsNow().files).toBeLessThanOrEqual(before.files + FILES_TO_SPARE);
    },
    async [Symbol.asyncDispose]() {
      await shop[Symbol.asyncDispose]();
      await cloud[Symbol.asyncDispose]();
    },
  };
}
