import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchResult, BenchRow } from './bench.ts';
import { DOORS, STORES } from './chain.ts';
import { checkCountedExactly } from './ingest-check.ts';
import { builtFolder, openTheStores, startBenchCloud } from './ingest-cloud.ts';
import { type IngestLoad, type LoadProgram, type LoadRun, loadProgram, startLoad } from './ingest-load.ts';
import {
  certificateFilesIn,
  credentialsOf,
  type Scene,
  type StartServer,
  startAedes,
  startEndpoint,
  startMosquitto,
  startPlainFloor,
  startTlsFloor,
} from './ingest-servers.ts';
import { canPin } from './line-process.ts';
import { isInMemory } from './machine.ts';
import { type Figures, roundsOf, rowOf } from './rounds.ts';
import { atLeast } from './targets.ts';

const UNIT = 'acks/s';
const OURS = 'Vitrine, acknowledged after durable commit';
const ENDPOINT = 'Vitrine, the endpoint alone';
const MOSQUITTO = 'mosquitto, which promises nothing';
const AEDES = 'aedes, which acknowledges first';
const TLS_FLOOR = 'C floor';
const PLAIN_FLOOR = 'C floor, plain TCP';

const PEERS: ReadonlyMap<string, StartServer> = new Map([
  [PLAIN_FLOOR, startPlainFloor],
  [TLS_FLOOR, startTlsFloor],
  [MOSQUITTO, startMosquitto],
  [AEDES, startAedes],
  [ENDPOINT, startEndpoint],
]);

/** By messages in flight. */
const TARGETS = new Map([
  [1, { hold: atLeast(12_000, UNIT), aim: atLeast(30_000, UNIT) }],
  [10, { hold: atLeast(35_000, UNIT), aim: atLeast(150_000, UNIT) }],
]);

const LIMITS = [
  'The endpoint alone, which counts nothing, has several times the aim for ten in flight and half more than that for one: what is left ' +
    'is the counting, which is the section below this one, and its batches, which travel as the Functions library wants them.',
  'With one in flight a batch of 256 is of as many sensors and of nearly all stores, and each of them is changed for one message; each ' +
    'message also has a TLS record and a write of its own, both ways. With ten, a batch is of 26 sensors.',
  'Tried, and kept: acknowledgements of one connection in one write, stamps kept by the device, metadata made only when it is asked for, ' +
    'the library’s JSON without the texts that it cannot parse (13 % of all time once), the disk asked outside of the event loop. ' +
    'Tried, and of no use: batches above 256 save commits, and those are few already.',
];

const FULL = { stores: STORES, rounds: 3, roundMs: 2_500, warmUpMs: 800 };
const QUICK = { stores: 10, rounds: 1, roundMs: 300, warmUpMs: 100 };
type Size = typeof FULL;

/** What people counters have acknowledged, closed loop, beside servers that promise less. */
export const ingest: Bench = {
  name: 'ingest',
  title: 'Ingest over MQTT',
  async run(progress, { quick }) {
    const folder = mkdtempSync(join(isInMemory(tmpdir()) ? process.cwd() : tmpdir(), 'vitrine-bench-'));
    try {
      return await measured(folder, progress, quick ? QUICK : FULL);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** A server's devices, all connected, and what they saw of it in each run. */
type Side = { readonly load: IngestLoad; readonly runs: LoadRun[] };

async function measured(folder: string, progress: (step: string) => void, size: Size): Promise<BenchResult> {
  await using resources = new AsyncDisposableStack();
  const program = loadProgram(folder);
  const sides = new Map<string, Side>();
  const scene = { folder, certificate: await certificateFilesIn(folder), deviceCount: size.stores * DOORS };
  await connectPeers(sides, { scene, program, resources, progress });
  const cloud = resources.use(await startBenchCloud({ dist: await builtFolder(), folder, mapped: true }));
  const devices = (await openTheStores(cloud, size.stores)).map(credentialsOf);
  progress(`${size.stores} stores, ${devices.length} sensors`);
  const target = { port: cloud.iotHubPort, caFile: cloud.caFile, devices };
  const load = resources.use(await startLoad(program, folder, target));
  sides.set(OURS, { load, runs: [] });
  const check = () => checkCountedExactly(cloud, load);

  const rows: BenchRow[] = [];
  const timesSpent: NonNullable<BenchResult['timesSpent']>[number][] = [];
  for (const inFlight of TARGETS.keys()) {
    const found = await figuresAt(inFlight, { sides, size, progress, check });
    rows.push(...rowsAt(inFlight, found, [...sides.keys()]));
    progress(`one more round, watched, ${inFlight} in flight`);
    const parts = await cloud.spentDuring(() => load.run(inFlight, size.roundMs));
    await check();
    timesSpent.push({ of: `of a round of "${OURS}", ${inFlight} in flight`, parts });
  }
  return {
    rows,
    timesSpent,
    limits: LIMITS,
    checked:
      `${devices.length} devices at the doors of ${size.stores} stores, each with 1 or 10 messages in flight (QoS 1), about 80 ` +
      'bytes of JSON; all over TLS 1.3 with the same kind of certificate, but for the floor on plain TCP. One server at a time ' +
      'is loaded while the others are connected and idle. Vitrine is the whole built cloud: MQTT, functions host, ' +
      'counting, SQLite on the disk before the acknowledgement; its endpoint alone delivers to nobody. After every round of it the people ' +
      'in and out of each store, asked by the owner’s API, were exactly those of the acknowledged messages, and none was refused.',
    notes: notesOn(sides, program),
  };
}

type Connecting = {
  readonly scene: Scene;
  readonly program: LoadProgram;
  readonly resources: AsyncDisposableStack;
  readonly progress: (step: string) => void;
};

async function connectPeers(sides: Map<string, Side>, connecting: Connecting): Promise<void> {
  const { scene, program, resources, progress } = connecting;
  for (const [what, start] of PEERS) {
    const server = await start(scene);
    if (server === null) continue;
    resources.use(server);
    const load = resources.use(await startLoad(program, scene.folder, server.target));
    sides.set(what, { load, runs: [] });
    progress(`${scene.deviceCount} devices of ${what}`);
  }
}

type Found = { readonly rate: Figures; readonly p50: Figures; readonly p99: Figures };

type Measuring = {
  readonly sides: ReadonlyMap<string, Side>;
  readonly size: Size;
  readonly progress: (step: string) => void;
  readonly check: () => Promise<void>;
};

async function figuresAt(inFlight: number, measuring: Measuring): Promise<Found> {
  const { sides, size, progress, check } = measuring;
  const runsOf = new Map([...sides.keys()].map((what) => [what, [] as LoadRun[]]));
  const rate = await roundsOf({
    unit: `${UNIT}, ${inFlight} in flight`,
    count: size.rounds,
    progress,
    sides: [...sides].map(([what, { load, runs }]) => ({
      what,
      async round() {
        const before = runsOf.get(what) ?? [];
        const run = await load.run(inFlight, before.length === 0 ? size.warmUpMs : size.roundMs);
        before.push(run);
        runs.push(run);
        if (what === OURS) await check();
        return (run.acks / run.ms) * 1_000;
      },
    })),
  });
  const figures = (of: (run: LoadRun) => number): Figures =>
    new Map([...runsOf].map(([what, runs]) => [what, runs.slice(1).map(of)]));
  return { rate, p50: figures(({ p50Ms }) => p50Ms), p99: figures(({ p99Ms }) => p99Ms) };
}

function rowsAt(inFlight: number, { rate, p50, p99 }: Found, sides: readonly string[]): BenchRow[] {
  const named = (row: BenchRow, more = '') => ({ ...row, what: `${inFlight} in flight: ${row.what}${more}` });
  const peers = sides.filter((what) => what !== OURS);
  const broker = peers.includes(MOSQUITTO) ? MOSQUITTO : AEDES;
  const floor = peers.includes(TLS_FLOOR) ? TLS_FLOOR : PLAIN_FLOOR;
  const ours = peers.map((peer) => {
    const row = named(rowOf(rate, OURS, UNIT, peer));
    return peer === floor ? { ...row, ...TARGETS.get(inFlight) } : row;
  });
  return [
    ...peers.filter((peer) => peer !== ENDPOINT).map((peer) => named(rowOf(rate, peer, UNIT))),
    named(rowOf(rate, ENDPOINT, UNIT, peers.includes(floor) ? floor : AEDES)),
    ...ours,
    ...[ENDPOINT, OURS].flatMap((what) => [
      named(rowOf(p50, what, 'ms', broker), ', p50'),
      named(rowOf(p99, what, 'ms', broker), ', p99'),
    ]),
  ];
}

function notesOn(sides: ReadonlyMap<string, Side>, program: LoadProgram): string[] {
  const busiest = (what: string) => {
    const most = Math.max(...(sides.get(what)?.runs.map(({ busy }) => busy) ?? []));
    return `${what}: ${Math.round(most * 100)} %`;
  };
  const missing = [...PEERS.keys()].filter((what) => !sides.has(what));
  return [
    `The devices are ${program.says}; how much of its core it took at most, beside the server of that round: ` +
      `${[...sides.keys()].map(busiest).join('; ')}.`,
    ...(missing.length === 0 ? [] : [`Not on this machine: ${missing.join('; ')}.`]),
    ...(canPin ? [] : ['Without `taskset`, server and devices shared the cores.']),
  ];
}
