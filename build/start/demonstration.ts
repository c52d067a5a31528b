import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type DemonstrationSensor, ensureDemonstrationStore } from '../demonstration/demonstration-store.ts';
import { createHostApi } from '../demonstration/host-api.ts';
import type { Order } from '../demonstration/order.ts';
import { ROOT } from '../places.ts';
import type { CloudReady } from './cloud.ts';
import { supervise } from './supervise.ts';
import { authoritiesPem, authorityFileOf } from './trust.ts';

type Parts = {
  readonly cloud: CloudReady;
  readonly data: string;
  /** The file of the owner's own certificate. */
  readonly certificate?: string | undefined;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

/** Makes the demonstration store; gives what its simulated sensors need to know. */
export async function prepareDemonstration({
  cloud,
  data,
  certificate,
}: Pick<Parts, 'cloud' | 'data' | 'certificate'>): Promise<Order> {
  const sensors = await ensureDemonstrationStore({
    api: createHostApi(cloud.httpUrl, cloud.hostKey),
    file: join(data, 'demonstration.json'),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    newSuffix: () => `-${randomBytes(3).toString('hex')}`,
  });
  return {
    httpUrl: cloud.httpUrl,
    hostKey: cloud.hostKey,
    ca: authoritiesPem(cloud, certificate),
    sensors: sensors.map((sensor) => atHub(sensor, cloud.iotHub)),
  };
}

/** Runs the sensors as a process of their own, and again if it dies. Resolves when it has gone for good. */
export function runSensors({
  order,
  cloud,
  say,
  signal,
}: Pick<Parts, 'cloud' | 'say' | 'signal'> & { order: Order }): Promise<void> {
  return supervise({
    name: 'the sensors',
    launch: () => launchSensors(order, authorityFileOf(cloud), say),
    onMessage: () => {},
    say,
    signal,
  });
}

function launchSensors(
  order: Order,
  authorityFile: string | undefined,
  say: (line: string) => void,
): ChildProcess {
  const script = join(ROOT, 'build/demonstration/sensors.ts');
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: authorityFile === undefined ? process.env : { ...process.env, NODE_EXTRA_CA_CERTS: authorityFile },
  });
  if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => say(`sensors: ${line}`));
  child.send(order);
  return child;
}

/** A connection string outlives the port that the hub had when it was made. */
function atHub(sensor: DemonstrationSensor, iotHub: CloudReady['iotHub']): DemonstrationSensor {
  const host = `HostName=${iotHub.hostName}`;
  return { ...sensor, connectionString: sensor.connectionString.replace(/HostName=[^;]*/, host) };
}
