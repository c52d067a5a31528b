import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { BUNDLES } from '../../build/bundles.ts';

const root = join(import.meta.dirname, '../..');
const system = process.platform === 'win32' ? 'win' : process.platform;
const node22 = join(root, `test/node-22/node_modules/node-${system}-${process.arch}/bin/node`);

const bindingSchema = z.looseObject({ type: z.string(), direction: z.string() });
const listSchema = z.object({
  node: z.string(),
  functions: z.array(
    z.object({ name: z.string(), bindings: z.array(bindingSchema), retry: z.unknown().optional() }),
  ),
});

/** The app as it is deployed, in a folder that has no node_modules above it. */
const dist = mkdtempSync(join(tmpdir(), 'vitrine-deployed-'));
let list: z.infer<typeof listSchema>;

beforeAll(async () => {
  if (!existsSync(node22)) throw new Error('Node 22 is not there: npm ci --prefix test/node-22');
  await BUNDLES.find(({ name }) => name === 'functions')?.build(root, dist);
  const script = join(root, 'test/support/list-functions.cjs');
  const printed = execFileSync(node22, [script, join(dist, 'functions/index.cjs')], {
    cwd: dist,
    encoding: 'utf8',
    env: {},
  });
  list = listSchema.parse(JSON.parse(printed));
});
afterAll(() => rmSync(dist, { recursive: true }));

const bindingsOf = (name: string) => list.functions.find((one) => one.name === name)?.bindings ?? [];

describe('the functions as they are deployed to Azure', () => {
  test('are one CommonJS file, and what the host reads beside it', () => {
    const folder = join(dist, 'functions');
    expect(readdirSync(folder).sort()).toEqual(['host.json', 'index.cjs', 'package.json']);
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toEqual({ main: 'index.cjs' });
    expect(JSON.parse(readFileSync(join(folder, 'host.json'), 'utf8'))).toMatchObject({
      version: '2.0',
      extensionBundle: { version: '[4.0.0, 5.0.0)' },
      extensions: { eventHubs: { maxEventBatchSize: 256 }, http: { routePrefix: 'api' } },
    });
  });

  test('load on Node 22 with no package beside them', () => {
    expect(list.node).toMatch(/^v22\./);
  });

  test('are called by these, and answer to these', () => {
    const table = list.functions.map(({ name, bindings }) =>
      [name, ...bindings.map(({ type, direction }) => `${direction} ${type}`).sort()].join(', '),
    );
    expect(table.sort()).toEqual([
      'acknowledge, in httpTrigger, out http, out signalR',
      'assignment, in httpTrigger, out http, out signalR',
      'challenge, in httpTrigger, out http',
      'correct, in httpTrigger, out http, out signalR',
      'drift, in httpTrigger, out http',
      'flush, in timerTrigger, out signalR',
      'health, in httpTrigger, out http',
      'history, in httpTrigger, out http',
      'ingest, in httpTrigger, out http, out signalR',
      'keepStore, in httpTrigger, out http',
      'keepStoreGroup, in httpTrigger, out http',
      'listAlerts, in httpTrigger, out http',
      'listCorrections, in httpTrigger, out http',
      'listRejected, in httpTrigger, out http',
      'listSigns, in httpTrigger, out http',
      'makeIngestKey, in httpTrigger, out http',
      'negotiate, in httpTrigger, in signalRConnectionInfo, out http',
      'presenceConnected, in signalRTrigger',
      'presenceDisconnected, in signalRTrigger',
      'readStore, in httpTrigger, out http',
      'readStoreGroup, in httpTrigger, out http',
      'replayRejected, in httpTrigger, out http, out signalR',
      'signs, in httpTrigger, out http',
      'snapshot, in httpTrigger, out http',
      'telemetry, in eventHubTrigger, out signalR',
      'upstream, in httpTrigger, out http',
    ]);
  });

  test('telemetry comes in batches of raw bytes, and waits for the database for as long as it takes, asking every 5 s or sooner', () => {
    expect(bindingsOf('telemetry')).toContainEqual(
      expect.objectContaining({
        type: 'eventHubTrigger',
        cardinality: 'many',
        dataType: 'binary',
        connection: 'IotHubEvents',
        consumerGroup: 'functions',
      }),
    );
    expect(list.functions.find(({ name }) => name === 'telemetry')?.retry).toMatchObject({
      maxRetryCount: -1,
      maximumInterval: { seconds: 5 },
    });
  });

  test('signs come in by anyone, cameras by a key of their own, owners only by the function key', () => {
    const levels = Object.fromEntries(
      list.functions.flatMap(({ name, bindings }) =>
        bindings
          .filter(({ type }) => type === 'httpTrigger')
          .map(({ authLevel, methods, route }) => [`${methods} ${route}`, `${name}: ${authLevel}`]),
      ),
    );
    expect(levels).toEqual({
      'POST signs': 'signs: anonymous',
      'GET signs': 'listSigns: function',
      'POST signs/{signId}/challenge': 'challenge: anonymous',
      'PUT signs/{signId}/assignment': 'assignment: function',
      'POST negotiate': 'negotiate: anonymous',
      'GET snapshots': 'snapshot: anonymous',
      'PUT stores/{storeId}': 'keepStore: function',
      'GET stores/{storeId}': 'readStore: function',
      'POST stores/{storeId}/corrections': 'correct: function',
      'GET stores/{storeId}/corrections': 'listCorrections: function',
      'GET stores/{storeId}/history': 'history: function',
      'GET stores/{storeId}/drift': 'drift: function',
      'GET stores/{storeId}/alerts': 'listAlerts: function',
      'POST stores/{storeId}/alerts/acknowledge': 'acknowledge: function',
      'PUT store-groups/{storeGroupId}': 'keepStoreGroup: function',
      'GET store-groups/{storeGroupId}': 'readStoreGroup: function',
      'GET rejected': 'listRejected: function',
      'POST rejected/replay': 'replayRejected: function',
      'POST sensors/{sensorId}/ingest-key': 'makeIngestKey: function',
      'POST,PUT ingest/{sensorId}/{key?}': 'ingest: anonymous',
      'GET health': 'health: anonymous',
      'POST upstream/{hub}/{category}/{event}': 'upstream: function',
    });
  });

  test('presence hears of both ends of a connection on one hub', () => {
    const heard = ['presenceConnected', 'presenceDisconnected'].flatMap(bindingsOf);
    expect(heard).toMatchObject([
      { hubName: 'vitrine', category: 'connections', event: 'connected' },
      { hubName: 'vitrine', category: 'connections', event: 'disconnected' },
    ]);
  });
});
