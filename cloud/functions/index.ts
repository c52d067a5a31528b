// The table of contents of the cloud: what calls it, and what it says where. No rule of the product is in here.
// What people may call is in people/people-routes.ts.
import {
  app,
  type FunctionHandler,
  type HttpFunctionOptions,
  type HttpHandler,
  type HttpMethod,
  input,
  output,
  trigger,
} from '@azure/functions';
import { HUB_NAME } from '../contracts/hub-targets.ts';
import { PERSON_HEADER } from '../contracts/person.ts';
import { SIGN_HEADER } from '../contracts/sign.ts';
import type { HttpRoute } from './api/operation.ts';
import { serveDocs, serveOpenApi } from './api/serve-api.ts';
import { challenge } from './challenge.ts';
import { answerAtSign } from './fleet/answer-at-sign.ts';
import { heartbeat } from './fleet/heartbeat.ts';
import { pairingCode } from './fleet/pairing-code.ts';
import { pulledCommands } from './fleet/pulled-commands.ts';
import { receipts } from './fleet/receipts.ts';
import { screenshotOfMe } from './fleet/screenshot-of-me.ts';
import { flush } from './flush.ts';
import { health } from './health.ts';
import { ingest } from './ingest.ts';
import { negotiate } from './negotiate.ts';
import { consoleNegotiate } from './people/console-negotiate.ts';
import { guarded } from './people/guarded.ts';
import { peopleRoutes } from './people/people-routes.ts';
import { signIn } from './people/session.ts';
import { presence } from './presence.ts';
import type { Say } from './say.ts';
import { lazyServices, type Services } from './services.ts';
import { signs } from './signs.ts';
import { snapshot } from './snapshot.ts';
import { telemetry } from './telemetry.ts';
import { upstream } from './upstream.ts';

const services = lazyServices(process.env, Date.now);
app.hook.appTerminate(() => services.close());

const hub = { hubName: HUB_NAME, connectionStringSetting: 'AzureSignalRConnectionString' };
/** Made for whom the header names, before the function has checked who that is. */
const connectionInfoFor = (header: string) =>
  input.generic({ type: 'signalRConnectionInfo', ...hub, userId: `{headers.${header}}` });
const ofSign = connectionInfoFor(SIGN_HEADER);
const ofPerson = connectionInfoFor(PERSON_HEADER);
const signalR = output.generic({ type: 'signalR', ...hub });
const connections = (event: 'connected' | 'disconnected') =>
  trigger.generic({ type: 'signalRTrigger', ...hub, category: 'connections', event });

const routes: HttpRoute[] = [];
/** Registers it, and remembers what the description of this API needs. */
const onHttp = (name: string, options: HttpFunctionOptions) => {
  routes.push({ name, methods: options.methods ?? ['GET', 'POST'], route: options.route ?? name });
  app.http(name, options);
};

type Make = (services: Services, say: Say) => HttpHandler;
const say: Say = (context, messages) => context.extraOutputs.set(signalR, messages);
const http =
  (make: Make): HttpHandler =>
  async (request, context) =>
    make(await services.get(), say)(request, context);
/** Open to all; the handler itself asks for what proves who calls. */
const asks = (name: string, methods: HttpMethod[], route: string, make: Make) =>
  onHttp(name, { route, methods, authLevel: 'anonymous', handler: http(make) });
/** The same, where signs or people hear of it. */
const tells = (name: string, methods: HttpMethod[], route: string, make: Make) =>
  onHttp(name, { route, methods, authLevel: 'anonymous', extraOutputs: [signalR], handler: http(make) });

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
tells('ingest', ['POST', 'PUT'], 'ingest/{sensorId}/{key?}', ingest);

// Signs
asks('signs', ['POST'], 'signs', signs);
asks('challenge', ['POST'], 'signs/{signId}/challenge', challenge);
onHttp('negotiate', {
  route: 'negotiate',
  methods: ['POST'],
  authLevel: 'anonymous',
  extraInputs: [ofSign],
  handler: async (request, context) =>
    negotiate(await services.get())(request, context, context.extraInputs.get(ofSign)),
});
asks('snapshot', ['GET'], 'snapshots', snapshot);
asks('pairingCode', ['POST'], 'pairing/code', pairingCode);
tells('heartbeat', ['POST'], 'signs/me/heartbeat', heartbeat);
asks('pulledCommands', ['GET'], 'signs/me/commands', pulledCommands);
tells('receipts', ['POST'], 'signs/me/receipts', receipts);
tells('answerAtSign', ['POST'], 'signs/me/answer', answerAtSign);
asks('screenshotOfMe', ['POST'], 'signs/me/screenshot', screenshotOfMe);
app.generic('presenceConnected', {
  trigger: connections('connected'),
  handler: async (connection) => presence(await services.get())('connected')(connection),
});
app.generic('presenceDisconnected', {
  trigger: connections('disconnected'),
  handler: async (connection) => presence(await services.get())('disconnected')(connection),
});
// The same news where the service calls by itself: for plans without the trigger, and for hosts that are not Azure.
onHttp('upstream', {
  route: 'upstream/{hub}/{category}/{event}',
  methods: ['POST'],
  authLevel: 'function',
  handler: http(upstream),
});

// People
peopleRoutes({
  asks: (name, right, methods, route, make) => asks(name, methods, route, guarded(right, make)),
  tells: (name, right, methods, route, make) => tells(name, methods, route, guarded(right, make)),
});
asks('signIn', ['POST'], 'session', signIn);
onHttp('consoleNegotiate', {
  route: 'console/negotiate',
  methods: ['POST'],
  authLevel: 'anonymous',
  extraInputs: [ofPerson],
  handler: http(
    guarded(
      'viewer',
      (made) => (request, context, caller) =>
        consoleNegotiate(made)(request, caller, context.extraInputs.get(ofPerson)),
    ),
  ),
});

// The clock, and whoever watches over us
app.timer('flush', {
  schedule: '%FlushSchedule%',
  return: signalR,
  handler: async () => flush(await services.get())(),
});
onHttp('health', { route: 'health', methods: ['GET'], authLevel: 'anonymous', handler: health(services) });
onHttp('openApi', {
  route: 'openapi.json',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: serveOpenApi(routes),
});
onHttp('docs', { route: 'docs', methods: ['GET'], authLevel: 'anonymous', handler: serveDocs(routes) });
