// All sensors and the signs without a glass, in one process, so that one clock tells when something was said and heard.
// Given a file with a GlassPlan. Obeys lines on stdin until it ends:
//   enrol             -> enrolled ID ID ..., the signs, in the order of the plan; then they wait for their places
//   follow            -> following
//   run PER_SECOND MS -> ran JSON (a GlassRun): publishes at this pace, whatever comes back, and waits until each sign saw it all
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { GlassPlan, GlassRun } from '../glass-installation.ts';
import { finelyNow, latenciesOf, quantilesOf } from '../glass-latencies.ts';
import { enrolledSign, polledSign, pushedSign, type WireSign } from '../glass-wire-signs.ts';
import { IngestConnection } from '../ingest-connection.ts';

const AT_ONCE = 8;
const SEEN_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 20;
const TICK_MS = 1;

const say = (line: string) => process.stdout.write(`${line}\n`);
const failed = (error: Error): never => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
};

const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as GlassPlan;
const { httpUrl, stores } = plan;
const address = { port: plan.iotHubPort, caPem: readFileSync(plan.caFile, 'utf8') };
const devices = await each(plan.devices, (device) => IngestConnection.open(address, device, failed));
const doors = devices.length / stores;
const enrolled = await each(plan.signs, () => enrolledSign(httpUrl));
let signs: readonly WireSign[] = [];

for await (const line of lines()) {
  const [verb, perSecond, ms] = line.split(' ');
  if (verb === 'enrol') say(`enrolled ${enrolled.map(({ signId }) => signId).join(' ')}`);
  if (verb === 'run') say(`ran ${JSON.stringify(await run(Number(perSecond), Number(ms)))}`);
  if (verb !== 'follow') continue;
  signs = await each(enrolled, (sign, index) => {
    const store = plan.signs[index] ?? 0;
    return plan.pollEveryMs === null
      ? pushedSign(httpUrl, sign, store, failed)
      : polledSign(httpUrl, sign, store, plan.pollEveryMs, failed);
  });
  say('following');
}
process.exit(0);

async function* lines(): AsyncIterable<string> {
  yield* createInterface({ input: process.stdin });
}

async function each<From, To>(
  list: readonly From[],
  make: (one: From, index: number) => Promise<To>,
): Promise<To[]> {
  const made: To[] = [];
  const queue = list.entries();
  const work = async () => {
    for (const [index, one] of queue) made[index] = await make(one, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}

async function run(perSecond: number, forMs: number): Promise<GlassRun> {
  const published = Array.from({ length: stores }, (): number[] => []);
  const before = signs.map(({ newest }) => newest);
  for (const sign of signs) sign.seen = [];
  const lateMs: number[] = [];
  const cpu = process.cpuUsage();
  const startMs = finelyNow();
  const messages = Math.round((perSecond * forMs) / 1_000);
  for (let sent = 0; sent < messages; await delay(TICK_MS)) {
    const due = Math.min(messages, ((finelyNow() - startMs) * perSecond) / 1_000);
    for (; sent < due; sent += 1) {
      const atMs = publish(sent);
      published[sent % stores]?.push(atMs);
      lateMs.push(atMs - startMs - (sent * 1_000) / perSecond);
    }
  }
  const wanted = signs.map(({ store }, index) => (before[index] ?? 0) + (published[store]?.length ?? 0));
  const untilMs = finelyNow() + SEEN_WITHIN_MS;
  const isSeen = () => signs.every(({ newest }, index) => newest === wanted[index]);
  while (!isSeen() && finelyNow() < untilMs) await delay(LOOK_EVERY_MS);
  for (const [index, { newest, store }] of signs.entries()) {
    if (newest !== wanted[index])
      failed(
        new Error(
          `a sign of store ${store} has ${newest} after ${SEEN_WITHIN_MS} ms, expected ${wanted[index]}`,
        ),
      );
  }
  const unacknowledged = devices.filter(({ sent, acknowledged }) => sent !== acknowledged).length;
  if (unacknowledged > 0) failed(new Error(`${unacknowledged} sensors wait for an acknowledgement`));
  const { user, system } = process.cpuUsage(cpu);
  const busy = (user + system) / 1_000 / (finelyNow() - startMs);
  const latencies = signs.flatMap(({ store, seen }, index) =>
    latenciesOf(published[store] ?? [], before[index] ?? 0, seen),
  );
  const watched = published.slice(0, plan.watched);
  return { ...quantilesOf(latencies), lateP99Ms: quantilesOf(lateMs).p99Ms, busy, published: watched };
}

/** One person who comes, through the doors of the stores in turns. Gives the moment. */
function publish(message: number): number {
  const door = Math.floor(message / stores) % doors;
  const device = devices[(message % stores) * doors + door];
  if (device === undefined) throw new Error('no such sensor');
  const sequence = device.sent + 1;
  const atMs = finelyNow();
  device.publish([
    `{"in":1,"out":0,"boot":"b1","sequence":${sequence},"at":"${new Date(atMs).toISOString()}"}`,
  ]);
  return atMs;
}
