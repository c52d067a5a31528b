// The table of contents of the cloud: what calls it, and what it says where. No rule of the product is in here.
import {
  app,
  type FunctionHandler,
  type HttpHandler,
  type HttpMethod,
  input,
  output,
  trigger,
} from '@azure/functions';
import { HUB_NAME } from '../contracts/hub-targets.ts';
import { SIGN_HEADER } from '../contracts/sign.ts';
import { acknowledge, listAlerts } from './alerts.ts';
import { assignment } from './assignment.ts';
import { challenge } from './challenge.ts';
import { correct, listCorrections } from './corrections.ts';
import { drift } from './drift.ts';
import { flush } from './flush.ts';
import { health } from './health.ts';
import { history } from './history.ts';
import { ingest } from './ingest.ts';
import { makeIngestKey } from './ingest-key.ts';
import { negotiate } from './negotiate.ts';
import { presence } from './presence.ts';
import { listRejected, replayRejected } from './rejected.ts';
import type { Say } from './say.ts';
import { lazyServices, type Services } from './services.ts';
import { listSigns, signs } from './signs.ts';
import { snapshot } from './snapshot.ts';
import { keepStoreGroup, readStoreGroup } from './store-groups.ts';
import { keepStore, readStore } from './stores.ts';
import { telemetry } from './telemetry.ts';
import { upstream } from './upstream.ts';

const services = lazyServices(process.env, Date.now);
app.hook.appTerminate(() => services.close());

const hub = { hubName: HUB_NAME, connectionStringSetting: 'AzureSignalRConnectionString' };
const connectionInfo = input.generic({
  type: 'signalRConnectionInfo',
  ...hub,
  userId: `{headers.${SIGN_HEADER}}`,
});
const signalR = output.generic({ type: 'signalR', ...hub });
const connections = (event: 'connected' | 'disconnected') =>
  trigger.generic({ type: 'signalRTrigger', ...hub, category: 'connections', event });

type Make = (services: Services) => HttpHandler;
const http =
  (make: Make): HttpHandler =>
  async (request, context) =>
    make(await services.get())(request, context);
const say: Say = (context, messages) => context.extraOutputs.set(signalR, messages);
/** For those who hold the function key. */
const owners = (name: string, methods: HttpMethod[], route: string, make: Make) =>
  app.http(name, { route, methods, authLevel: 'function', handler: http(make) });
/** The same, where the signs hear of it too. */
const ownersTell = (name: string, methods: HttpMethod[], route: string, make: Make) =>
  app.http(name, { route, methods, authLevel: 'function', extraOutputs: [signalR], handler: http(make) });

// Bytes, so that what cannot be decoded is kept as it was sent. The binding knows it, the library's type does not.
const asBytes = { dataType: 'binary' };

// Sensors
app.eventHub('telemetry', {
  connection: 'IotHubEvents',
  eventHubName: '%IotHubEventHubName%',
  consumerGroup: 'functions',
  cardinality: 'many',
  ...asBytes,
  return: signalR,
  // What throws is a database that cannot be reached (or a host that hands over no event numbers): wait for it for as
  // long as it takes, and keep the order. Sensors that wait for
  // an answer are cut after 20 s by the embedded hub, so it must be noticed well before that when the database is back.
  retry: {
    strategy: 'exponentialBackoff',
    maxRetryCount: -1,
    minimumInterval: { seconds: 1 },
    maximumInterval: { seconds: 5 },
  },
  handler: (async (bodies: unknown[], context) =>
    telemetry(await services.get())(bodies, context)) as FunctionHandler,
});

// Cameras that can only push plain HTTP; each has a key of its own, in a header or in the address.
app.http('ingest', {
  route: 'ingest/{sensorId}/{key?}',
  methods: ['POST', 'PUT'],
  authLevel: 'anonymous',
  extraOutputs: [signalR],
  handler: http((made) => ingest(made, say)),
});

// Signs
app.http('signs', { route: 'signs', methods: ['POST'], authLevel: 'anonymous', handler: http(signs) });
app.http('challenge', {
  route: 'signs/{signId}/challenge',
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: http(challenge),
});
app.http('negotiate', {
  route: 'negotiate',
  methods: ['POST'],
  authLevel: 'anonymous',
  extraInputs: [connectionInfo],
  handler: async (request, context) =>
    negotiate(await services.get())(request, context, context.extraInputs.get(connectionInfo)),
});
app.http('snapshot', {
  route: 'snapshots',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: http(snapshot),
});
app.generic('presenceConnected', {
  trigger: connections('connected'),
  handler: async (connection) => presence(await services.get())('connected')(connection),
});
app.generic('presenceDisconnected', {
  trigger: connections('disconnected'),
  handler: async (connection) => presence(await services.get())('disconnected')(connection),
});
// The same news where the service calls by itself: for plans without the trigger, and for hosts that are not Azure.
app.http('upstream', {
  route: 'upstream/{hub}/{category}/{event}',
  methods: ['POST'],
  authLevel: 'function',
  handler: http(upstream),
});

// Owners, by function key
owners('keepStore', ['PUT'], 'stores/{storeId}', keepStore);
owners('readStore', ['GET'], 'stores/{storeId}', readStore);
ownersTell('correct', ['POST'], 'stores/{storeId}/corrections', (made) => correct(made, say));
owners('listCorrections', ['GET'], 'stores/{storeId}/corrections', listCorrections);
owners('history', ['GET'], 'stores/{storeId}/history', history);
owners('drift', ['GET'], 'stores/{storeId}/drift', drift);
owners('listAlerts', ['GET'], 'stores/{storeId}/alerts', listAlerts);
ownersTell('acknowledge', ['POST'], 'stores/{storeId}/alerts/acknowledge', (made) => acknowledge(made, say));
owners('keepStoreGroup', ['PUT'], 'store-groups/{storeGroupId}', keepStoreGroup);
owners('readStoreGroup', ['GET'], 'store-groups/{storeGroupId}', readStoreGroup);
owners('listRejected', ['GET'], 'rejected', listRejected);
ownersTell('replayRejected', ['POST'], 'rejected/replay', (made) => replayRejected(made, say));
owners('makeIngestKey', ['POST'], 'sensors/{sensorId}/ingest-key', makeIngestKey);
owners('listSigns', ['GET'], 'signs', listSigns);
ownersTell('assignment', ['PUT'], 'signs/{signId}/assignment', (made) => assignment(made, say));

// The clock, and whoever watches over us
app.timer('flush', {
  schedule: '%FlushSchedule%',
  return: signalR,
  handler: async () => flush(await services.get())(),
});
app.http('health', { route: 'health', methods: ['GET'], authLevel: 'anonymous', handler: health(services) });
