import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { BUNDLES } from '../../build/bundles.ts';
import {
  CHANGED_BY_NOBODY,
  CHANGED_BY_PEOPLE,
  CHANGED_BY_TABLES,
  SIGNS_CHANGED_BY_PEOPLE,
} from '../support/mutating-routes.ts';

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
      'answerAtSign, in httpTrigger, out http, out signalR',
      'assignment, in httpTrigger, out http, out signalR',
      'challenge, in httpTrigger, out http',
      'changePerson, in httpTrigger, out http',
      'consoleNegotiate, in httpTrigger, in signalRConnectionInfo, out http',
      'correct, in httpTrigger, out http, out signalR',
      'deleteRejected, in httpTrigger, out http',
      'describeSign, in httpTrigger, out http, out signalR',
      'docs, in httpTrigger, out http',
      'drift, in httpTrigger, out http',
      'endMessage, in httpTrigger, out http, out signalR',
      'exportTable, in httpTrigger, out http',
      'fleetAssign, in httpTrigger, out http, out signalR',
      'fleetCommands, in httpTrigger, out http, out signalR',
      'flush, in timerTrigger, out signalR',
      'health, in httpTrigger, out http',
      'heartbeat, in httpTrigger, out http, out signalR',
      'history, in httpTrigger, out http',
      'importTable, in httpTrigger, out http, out signalR',
      'ingest, in httpTrigger, out http, out signalR',
      'keepStore, in httpTrigger, out http',
      'keepStoreGroup, in httpTrigger, out http',
      'listAlerts, in httpTrigger, out http',
      'listAudit, in httpTrigger, out http',
      'listCorrections, in httpTrigger, out http',
      'listFleet, in httpTrigger, out http',
      'listMessages, in httpTrigger, out http',
      'listPeople, in httpTrigger, out http',
      'listRejected, in httpTrigger, out http',
      'listSensors, in httpTrigger, out http',
      'listSigns, in httpTrigger, out http',
      'makeIngestKey, in httpTrigger, out http',
      'makePerson, in httpTrigger, out http',
      'makeSensor, in httpTrigger, out http',
      'negotiate, in httpTrigger, in signalRConnectionInfo, out http',
      'openApi, in httpTrigger, out http',
      'overview, in httpTrigger, out http',
      'pairingClaim, in httpTrigger, out http, out signalR',
      'pairingCode, in httpTrigger, out http',
      'pairingLook, in httpTrigger, out http',
      'presenceConnected, in signalRTrigger',
      'presenceDisconnected, in signalRTrigger',
      'pulledCommands, in httpTrigger, out http',
      'readFleetSign, in httpTrigger, out http',
      'readMessage, in httpTrigger, out http',
      'readScreenshot, in httpTrigger, out http',
      'readStore, in httpTrigger, out http',
      'readStoreGroup, in httpTrigger, out http',
      'receipts, in httpTrigger, out http, out signalR',
      'removePerson, in httpTrigger, out http',
      'removeSensor, in httpTrigger, out http',
      'renewConnectionString, in httpTrigger, out http',
      'replayRejected, in httpTrigger, out http, out signalR',
      'revokeSign, in httpTrigger, out http, out signalR',
      'screenshotOfMe, in httpTrigger, out http',
      'sendMessage, in httpTrigger, out http, out signalR',
      'shelve, in httpTrigger, out http, out signalR',
      'signIn, in httpTrigger, out http',
      'signOut, in httpTrigger, out http',
      'signs, in httpTrigger, out http',
      'snapshot, in httpTrigger, out http',
      'telemetry, in eventHubTrigger, out signalR',
      'upstream, in httpTrigger, out http',
      'whoAmI, in httpTrigger, out http',
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

  test('all come in by what the product asks for itself, and only the push service by the function key', () => {
    const levels = Object.fromEntries(
      list.functions.flatMap(({ name, bindings }) =>
        bindings
          .filter(({ type }) => type === 'httpTrigger')
          .map(({ authLevel, methods, route }) => [`${methods} ${route}`, `${name}: ${authLevel}`]),
      ),
    );
    expect(levels).toEqual({
      'GET overview': 'overview: anonymous',
      'GET session': 'whoAmI: anonymous',
      'POST session': 'signIn: anonymous',
      'DELETE session': 'signOut: anonymous',
      'GET people': 'listPeople: anonymous',
      'POST people': 'makePerson: anonymous',
      'PUT people/{personId}': 'changePerson: anonymous',
      'DELETE people/{personId}': 'removePerson: anonymous',
      'GET audit': 'listAudit: anonymous',
      'GET export/{kind}': 'exportTable: anonymous',
      'POST import/{kind}': 'importTable: anonymous',
      'POST console/negotiate': 'consoleNegotiate: anonymous',
      'POST pairing/code': 'pairingCode: anonymous',
      'POST pairing/look': 'pairingLook: anonymous',
      'POST pairing/claim': 'pairingClaim: anonymous',
      'POST signs/me/heartbeat': 'heartbeat: anonymous',
      'GET signs/me/commands': 'pulledCommands: anonymous',
      'POST signs/me/receipts': 'receipts: anonymous',
      'POST signs/me/answer': 'answerAtSign: anonymous',
      'POST signs/me/screenshot': 'screenshotOfMe: anonymous',
      'POST messages': 'sendMessage: anonymous',
      'GET messages': 'listMessages: anonymous',
      'GET messages/{messageId}': 'readMessage: anonymous',
      'DELETE messages/{messageId}': 'endMessage: anonymous',
      'GET fleet': 'listFleet: anonymous',
      'GET fleet/{signId}': 'readFleetSign: anonymous',
      'GET fleet/{signId}/screenshot': 'readScreenshot: anonymous',
      'PUT fleet/{signId}': 'describeSign: anonymous',
      'POST fleet/{signId}/revoke': 'revokeSign: anonymous',
      'POST fleet/commands': 'fleetCommands: anonymous',
      'POST fleet/assign': 'fleetAssign: anonymous',
      'POST signs': 'signs: anonymous',
      'GET signs': 'listSigns: anonymous',
      'POST signs/{signId}/challenge': 'challenge: anonymous',
      'PUT signs/{signId}/assignment': 'assignment: anonymous',
      'POST negotiate': 'negotiate: anonymous',
      'GET snapshots': 'snapshot: anonymous',
      'PUT stores/{storeId}': 'keepStore: anonymous',
      'GET stores/{storeId}': 'readStore: anonymous',
      'POST stores/{storeId}/corrections': 'correct: anonymous',
      'GET stores/{storeId}/corrections': 'listCorrections: anonymous',
      'GET stores/{storeId}/history': 'history: anonymous',
      'GET stores/{storeId}/drift': 'drift: anonymous',
      'GET stores/{storeId}/alerts': 'listAlerts: anonymous',
      'POST stores/{storeId}/alerts/acknowledge': 'acknowledge: anonymous',
      'POST stores/{storeId}/alerts/shelve': 'shelve: anonymous',
      'PUT store-groups/{storeGroupId}': 'keepStoreGroup: anonymous',
      'GET store-groups/{storeGroupId}': 'readStoreGroup: anonymous',
      'GET rejected': 'listRejected: anonymous',
      'POST rejected/replay': 'replayRejected: anonymous',
      'DELETE rejected': 'deleteRejected: anonymous',
      'GET sensors': 'listSensors: anonymous',
      'POST sensors': 'makeSensor: anonymous',
      'DELETE sensors/{sensorId}': 'removeSensor: anonymous',
      'POST sensors/{sensorId}/connection-string': 'renewConnectionString: anonymous',
      'POST sensors/{sensorId}/ingest-key': 'makeIngestKey: anonymous',
      'POST,PUT ingest/{sensorId}/{key?}': 'ingest: anonymous',
      'GET health': 'health: anonymous',
      'GET openapi.json': 'openApi: anonymous',
      'GET docs': 'docs: anonymous',
      'POST upstream/{hub}/{category}/{event}': 'upstream: function',
    });
  });

  test('nothing changes but by somebody who is on record, or by no person at all', () => {
    const changing = list.functions.filter(({ bindings }) =>
      bindings.some(({ type, methods }) => type === 'httpTrigger' && `${methods}` !== 'GET'),
    );
    expect(changing.map(({ name }) => name).sort()).toEqual(
      [...CHANGED_BY_PEOPLE, ...SIGNS_CHANGED_BY_PEOPLE, ...CHANGED_BY_TABLES, ...CHANGED_BY_NOBODY].sort(),
    );
  });

  test('presence hears of both ends of a connection on one hub', () => {
    const heard = ['presenceConnected', 'presenceDisconnected'].flatMap(bindingsOf);
    expect(heard).toMatchObject([
      { hubName: 'vitrine', category: 'connections', event: 'connected' },
      { hubName: 'vitrine', category: 'connections', event: 'disconnected' },
    ]);
  });
});
