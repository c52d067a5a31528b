import { InvocationContext } from '@azure/functions';
import type { Services } from '../../cloud/functions/services.ts';
import { settingsFrom } from '../../cloud/functions/settings.ts';
import { telemetry } from '../../cloud/functions/telemetry.ts';
import { openStore } from '../../cloud/store/open-store.ts';
import type { Store } from '../../cloud/store/port.ts';
import { openTheChain, STORES, storeIdOf } from './chain.ts';
import { type Expected, type Message, nobodyYet, type Traffic, trafficOf } from './passers-by.ts';
import type { Watch } from './time-spent.ts';

export type Round = Traffic & {
  readonly url: string;
  readonly minimumPushIntervalMs: number;
};
/** `cpuMs`: of this process; other work on the machine stretches it less. */
export type Timed = { readonly events: number; readonly ms: number; readonly cpuMs: number };

/** Batches through the telemetry function onto a database of its own; throws unless every store has exactly its people. */
export async function countedRound(round: Round, watch?: Watch): Promise<Timed> {
  const store = await openStore(round.url, { now: Date.now, onStatement: watch?.onStatement });
  try {
    await openTheChain(store, Date.now());
    const handler = telemetry(servicesOn(store, round));
    const expected = nobodyYet();
    const timer = openTimer();
    let sequenceNumber = 0;
    for (const messages of trafficOf(round, Date.now, expected)) {
      const bodies = messages.map(({ body }) => Buffer.from(body));
      const context = new InvocationContext({ triggerMetadata: metadataOf(messages, sequenceNumber) });
      sequenceNumber += messages.length;
      await timer.over(messages.length, () => handler(bodies, context));
      if (sequenceNumber === messages.length) await watch?.begin();
    }
    await watch?.end();
    await checkCounted(store, expected);
    return timer.total();
  } finally {
    await store.close();
  }
}

type Timer = {
  over<T>(events: number, work: () => T | Promise<T>): Promise<void>;
  total(): Timed;
};

/** Times what it is given and nothing between; the first time is not counted. */
export function openTimer(): Timer {
  let [events, ms, cpuMs, opened] = [0, 0, 0, false];
  return {
    async over(count, work) {
      const cpu = process.cpuUsage();
      const startedMs = performance.now();
      await work();
      const tookMs = performance.now() - startedMs;
      const { user, system } = process.cpuUsage(cpu);
      if (opened) [events, ms, cpuMs] = [events + count, ms + tookMs, cpuMs + (user + system) / 1_000];
      opened = true;
    },
    total: () => ({ events, ms, cpuMs }),
  };
}

const servicesOn = (store: Store, { minimumPushIntervalMs }: Round): Services => ({
  store,
  now: Date.now,
  settings: settingsFrom({
    VitrineDatabase: 'given',
    AzureSignalRConnectionString: 'not used',
    IotHubRegistry: 'not used',
    SessionSigningKey: Buffer.alloc(32, 'session').toString('base64'),
    MinimumPushIntervalMs: String(minimumPushIntervalMs),
  }),
  registry: {
    createDevice: async () => ({ made: false }),
    renewKeys: async () => undefined,
    hasDevice: async () => true,
    listDevices: async () => [],
    deleteDevice: async () => true,
  },
  signalR: { placeUser: async () => undefined, closeConnections: async () => undefined },
});

/** As the host gives it of IoT Hub's built-in endpoint. */
const metadataOf = (messages: readonly Message[], sequenceNumber: number) => ({
  partitionContext: { partitionId: '0' },
  sequenceNumberArray: messages.map((_, index) => sequenceNumber + index),
  systemPropertiesArray: messages.map(({ sensorId, enqueuedAtMs }) => ({
    'iothub-connection-device-id': sensorId,
    'iothub-connection-auth-method':
      '{"scope":"device","type":"sas","issuer":"iothub","acceptingIpFilterRule":null}',
    'iothub-connection-auth-generation-id': '639000000000000000',
    'iothub-enqueuedtime': new Date(enqueuedAtMs).toISOString(),
    'iothub-message-source': 'Telemetry',
  })),
});

async function checkCounted(store: Store, expected: Expected): Promise<void> {
  const storeIds = Array.from({ length: STORES }, (_, index) => storeIdOf(index));
  const { states, flows, rejected } = await store.look(async (tx) => ({
    states: await tx.counting.readStores(storeIds),
    flows: await Promise.all(storeIds.map((id) => tx.counting.flowsOf(id, 0, Number.MAX_SAFE_INTEGER))),
    rejected: await tx.rejected.list(1),
  }));
  const sum = (people: 'in' | 'out') => flows.flat().reduce((before, flow) => before + flow[people], 0);
  same('messages refused', rejected.length, 0);
  same('people in', sum('in'), expected.in);
  same('people out', sum('out'), expected.out);
  same('stores', states.length, STORES);
  for (const { storeId, zones } of states) {
    const count = zones.reduce((before, zone) => before + zone.rawCount, 0);
    same(`count of ${storeId}`, count, expected.countOf.get(storeId) ?? 0);
  }
}

function same(what: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
}
