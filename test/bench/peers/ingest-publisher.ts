// What native/ingest-load.c does, for machines without a C compiler: the same plan, the same lines.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { quantileOf } from '../bench.ts';
import { IngestConnection } from '../ingest-connection.ts';

const CONNECTS_AT_ONCE = 16;
/** This part of a run goes before what is counted. */
const UNCOUNTED = 0.25;

const say = (line: string) => process.stdout.write(`${line}\n`);
const failed = (error: Error): never => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
};

const [head = '', ...rest] = readFileSync(process.argv[2] ?? '', 'utf8')
  .trim()
  .split('\n');
const [, port, ca = '-'] = head.split('\t');
const address = { port: Number(port), caPem: ca === '-' ? null : readFileSync(ca, 'utf8') };
const devices: IngestConnection[] = [];
let next = 0;
await Promise.all(
  Array.from({ length: CONNECTS_AT_ONCE }, async () => {
    while (next < rest.length) {
      const index = next++;
      const [id = '', userName = '', password = ''] = rest[index]?.split('\t') ?? [];
      devices[index] = await IngestConnection.open(address, { id, userName, password }, failed);
    }
  }),
);

for await (const line of lines()) {
  const [verb, inFlight, ms] = line.split(' ');
  if (verb === 'run') say(await run(Number(inFlight), Number(ms)));
  if (verb === 'counts') say(`counts ${devices.map(({ acknowledged }) => acknowledged).join(' ')}`);
}
process.exit(0);

async function* lines(): AsyncIterable<string> {
  say('ready');
  yield* createInterface({ input: process.stdin });
}

/** One comes, one goes: as native/ingest-load.c has it. */
function bodyOf(sequence: number, at: string): string {
  return `{"in":${sequence % 2},"out":${(sequence + 1) % 2},"boot":"b1","sequence":${sequence},"at":"${at}"}`;
}

async function run(inFlight: number, forMs: number): Promise<string> {
  const drained = Promise.withResolvers<void>();
  const latenciesMs: number[] = [];
  const cpu = process.cpuUsage();
  const beganMs = performance.now();
  const startMs = beganMs + forMs * UNCOUNTED;
  let [acks, waiting] = [0, devices.length * inFlight];
  const publish = (device: IngestConnection, sentMs: number[], count: number) => {
    const at = new Date().toISOString();
    const nowMs = performance.now();
    sentMs.push(...Array.from({ length: count }, () => nowMs));
    device.publish(Array.from({ length: count }, (_, index) => bodyOf(device.sent + index + 1, at)));
  };
  for (const device of devices) {
    const sentMs: number[] = [];
    device.onAcknowledged = (count) => {
      const nowMs = performance.now();
      for (const sent of sentMs.splice(0, count)) if (nowMs >= startMs) latenciesMs.push(nowMs - sent);
      if (nowMs < startMs + forMs) {
        if (nowMs >= startMs) acks += count;
        publish(device, sentMs, count);
        return;
      }
      waiting -= count;
      if (waiting === 0) drained.resolve();
    };
    publish(device, sentMs, inFlight);
  }
  await drained.promise;
  const { user, system } = process.cpuUsage(cpu);
  const busy = (user + system) / 1_000 / (performance.now() - beganMs);
  const [p50, p99] = [quantileOf(latenciesMs, 0.5), quantileOf(latenciesMs, 0.99)];
  return `ran ${acks} ${forMs} ${p50} ${p99} ${busy}`;
}
