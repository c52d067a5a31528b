import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import {
  type FunctionsHost,
  startFunctionsHost,
} from '../../cloud/local/functions-host/start-functions-host.ts';
import type { HubEvent } from '../../cloud/local/iot-hub/hub-event.ts';
import type { TimerStatus, TimerStatuses } from '../../cloud/local/state/timer-statuses.ts';

export const HOST_KEY = 'the-host-key';
export const MASTER_KEY = 'the-master-key';

const LIBRARY = createRequire(import.meta.url).resolve('@azure/functions');
/** What every app in the tests begins with. `tell` is how it reports to its test, also after its host has closed. */
const PREAMBLE = `
const { app, input, output, trigger } = require(${JSON.stringify(LIBRARY)});
const tell = (fact) => require('node:fs').appendFileSync(__dirname + '/told.jsonl', JSON.stringify(fact) + '\\n');
`;

export type AppFile = {
  readonly file: string;
  readonly told: () => readonly unknown[];
  readonly remove: () => void;
};

/** A functions app on disk: the given CommonJS source, after a preamble with the library's `app` and `tell(fact)`. */
export function appFrom(source: string, hostJson: object = { version: '2.0' }): AppFile {
  const folder = mkdtempSync(join(tmpdir(), 'functions-app-'));
  const file = join(folder, 'index.cjs');
  const toldFile = join(folder, 'told.jsonl');
  writeFileSync(file, PREAMBLE + source);
  writeFileSync(join(folder, 'host.json'), JSON.stringify(hostJson));
  const lines = () => (existsSync(toldFile) ? readFileSync(toldFile, 'utf8').trim().split('\n') : []);
  return {
    file,
    told: () => lines().map((line): unknown => JSON.parse(line)),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export type RunningApp = AsyncDisposable & {
  readonly host: FunctionsHost;
  readonly url: string;
  readonly told: () => readonly unknown[];
  /** What went to the SignalR service, in order: `[hub, message or action]`. */
  readonly sent: readonly unknown[];
  /** Lines of the host's log. */
  readonly logged: readonly string[];
};

type Given = {
  readonly settings?: Readonly<Record<string, string>>;
  readonly hostJson?: object;
  readonly send?: () => Promise<void>;
  readonly now?: () => number;
  /** What an earlier host left behind. */
  readonly timerStatuses?: TimerStatuses;
};

/** A memory as long as the test. */
export function noTimersYet(): TimerStatuses {
  const kept = new Map<string, TimerStatus>();
  return { read: (name) => kept.get(name), keep: (name, status) => void kept.set(name, status) };
}

/** Runs an app in the functions host, on a real HTTP server. Only the SignalR service is a fake. */
export async function runApp(source: string, given: Given = {}): Promise<RunningApp> {
  const app = appFrom(source, given.hostJson);
  const sent: unknown[] = [];
  const logged: string[] = [];
  const keep = async (hub: string, what: unknown) => {
    await given.send?.();
    sent.push([hub, what]);
  };
  const host = await startFunctionsHost({
    appFile: app.file,
    settings: { AzureSignalRConnectionString: 'Endpoint=http://localhost;AccessKey=k', ...given.settings },
    keys: { host: HOST_KEY, master: MASTER_KEY },
    timerStatuses: given.timerStatuses ?? noTimersYet(),
    signalR: {
      connectionInfo: (asked) => ({
        url: `http://signalr/${asked.hub}`,
        accessToken: `for ${asked.userId ?? 'anyone'}`,
      }),
      send: keep,
      act: keep,
    },
    log: pino({ level: 'trace' }, { write: (line) => logged.push(line) }),
    now: given.now ?? Date.now,
  }).catch((error) => {
    app.remove();
    throw error;
  });
  const server = createServer((request, response) => void host.handleHttp(request, response)).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host,
    url: `http://127.0.0.1:${port}`,
    told: app.told,
    sent,
    logged,
    async [Symbol.asyncDispose]() {
      await host.close();
      server.close();
      server.closeAllConnections();
      app.remove();
    },
  };
}

export const aHubEvent = (event: Partial<HubEvent> = {}): HubEvent => ({
  body: Buffer.from('{"people":1}'),
  sequenceNumber: 1,
  enqueuedAtMs: Date.UTC(2026, 10, 21, 12),
  systemProperties: { 'iothub-connection-device-id': 'door-1' },
  properties: {},
  ...event,
});
