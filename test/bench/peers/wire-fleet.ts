// Thousands of signs in a process of their own. Arguments: url, database file, access key of the SignalR service, how many
// sign in fully, how many come by the service's negotiate alone, how many are SignalR clients with the policy they come with.
//   follow   -> up MS              all are connected, and those that sign in have read their snapshot
//   back LIMIT_MS -> back MISSING  how many were not up once more than before within that time, 0 as soon as all were;
//                                  then of those that sign in P50_MS P99_MS REFUSED UNANSWERED
//   default  -> default UP CLOSED  clients of the default policy that are connected, and that gave up for ever
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { HubConnectionBuilder, HubConnectionState, LogLevel } from '@microsoft/signalr';
import { pause } from '../../../cloud/client/child-controller.ts';
import { CloudError } from '../../../cloud/client/cloud-error.ts';
import { retryDelayMs } from '../../../cloud/client/retry-delay.ts';
import { TIMINGS } from '../../../cloud/client/timings.ts';
import { placedSigns, startFleet } from '../../support/wire-signs.ts';
import { createLightFetch } from '../../support/wire-signs-fetch.ts';
import { openWireHub } from '../../support/wire-signs-hub.ts';
import { quantileOf } from '../bench.ts';
import { clientToken } from '../sign-targets.ts';
import { STORE_GROUP } from '../watched-cloud.ts';

const [url = '', databaseFile = '', accessKey = '', ...counts] = process.argv.slice(2);
const [full = 0, light = 0, stock = 0] = counts.map(Number);
const LOOKED_EVERY_MS = 50;
const FIRST_WITHIN_MS = 200_000;

const fetch = createLightFetch();
const hubUrl = `${url}/client/?hub=vitrine`;
let lightUp = 0;
let lightTimesUp: number[] = [];

/** A sign that holds a token already: service negotiate, WebSocket, handshake, pings, the product's own retries. */
async function followLightly(index: number): Promise<never> {
  const accessToken = await clientToken(url, index, accessKey);
  const { signal } = new AbortController();
  const wire = { fetch, signal, timeoutMs: TIMINGS.callTimeoutMs };
  for (let attempt = 0; ; attempt += 1) {
    try {
      const hub = await openWireHub({
        url: hubUrl,
        accessToken,
        wire,
        timings: TIMINGS,
        onMessage: () => undefined,
      });
      lightUp += 1;
      lightTimesUp[index] = (lightTimesUp[index] ?? 0) + 1;
      const openedMs = performance.now();
      await hub.closed;
      lightUp -= 1;
      if (performance.now() - openedMs >= TIMINGS.stableAfterMs) attempt = 0;
    } catch {
      // Comes again, as the product does.
    }
    await pause(retryDelayMs(attempt, 0, Math.random, TIMINGS), signal);
  }
}

const signs = await placedSigns(databaseFile, full, STORE_GROUP);
const fleet = startFleet.bind(undefined, url, signs, 0);
let started: ReturnType<typeof fleet> | undefined;
const stockClients = await Promise.all(
  Array.from({ length: stock }, async (_, index) => {
    const token = await clientToken(url, light + index, accessKey);
    const client = new HubConnectionBuilder()
      .withUrl(hubUrl, { accessTokenFactory: () => token })
      .configureLogging(LogLevel.None)
      .withAutomaticReconnect()
      .build();
    return client;
  }),
);

type TimesUp = { readonly full: readonly number[]; readonly light: readonly number[] };

const timesUp = (): TimesUp => ({
  full: started?.signs.map((sign) => sign.timesUp()) ?? [],
  light: [...lightTimesUp],
});

/** How many are not up, or no more often than before. */
function missingSince(before: TimesUp): number {
  const isBack = (now: number, was = 0) => now > was;
  const fullBack =
    started?.signs.filter((sign, at) => sign.isUp() && isBack(sign.timesUp(), before.full[at])) ?? [];
  const lightBack = lightTimesUp.filter((now, at) => isBack(now, before.light[at])).length;
  return full - fullBack.length + light - Math.min(lightBack, lightUp);
}

async function missingWithin(limitMs: number, before: TimesUp): Promise<number> {
  const endMs = performance.now() + limitMs;
  while (missingSince(before) > 0 && performance.now() < endMs) await delay(LOOKED_EVERY_MS);
  return missingSince(before);
}

const obey = async (line: string): Promise<string | undefined> => {
  const startedMs = performance.now();
  if (line === 'follow') {
    started = fleet({});
    lightTimesUp = Array.from({ length: light }, () => 0);
    for (let index = 0; index < light; index += 1) void followLightly(index);
    await Promise.all(stockClients.map((client) => client.start()));
    const missing = await missingWithin(FIRST_WITHIN_MS, { full: [], light: [] });
    if (missing > 0) throw new Error(`${missing} signs cannot connect`);
    return `up ${performance.now() - startedMs}`;
  }
  if (line.startsWith('back ') && started !== undefined) {
    const { negotiatesMs, failures } = started;
    negotiatesMs.length = failures.length = 0;
    const missing = await missingWithin(Number(line.split(' ')[1]), timesUp());
    const codes = failures.map((error) => (error instanceof CloudError ? error.code : String(error)));
    const refused = codes.filter((code) => code === 'unavailable' || code === 'too-many-requests').length;
    const [p50, p99] = [quantileOf(negotiatesMs, 0.5), quantileOf(negotiatesMs, 0.99)];
    return `back ${missing} ${p50} ${p99} ${refused} ${codes.length - refused}`;
  }
  const inState = (state: HubConnectionState) =>
    stockClients.filter((client) => client.state === state).length;
  return `default ${inState(HubConnectionState.Connected)} ${inState(HubConnectionState.Disconnected)}`;
};

process.stdout.write('ready\n');
createInterface({ input: process.stdin })
  .on('close', () => process.exit(0))
  .on('line', (line) => void obey(line).then((answer) => process.stdout.write(`${answer}\n`)));
