import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { type AppSettings, appSettings, putIntoEnvironment } from './app-settings.ts';
import { readHostJson } from './functions-host/host-json.ts';
import { type FunctionsHost, startFunctionsHost } from './functions-host/start-functions-host.ts';
import { localAuthority } from './listen-address.ts';
import { openDataFolder } from './open-data-folder.ts';
import { startFront } from './start-front.ts';
import { startHub } from './start-hub.ts';
import { platformSecret } from './state/secrets.ts';
import { type Started, stopLocalCloud } from './stop-local-cloud.ts';

export type LocalCloudOptions = {
  readonly dataFolder: string;
  /** The address that the IoT hub listens on, by TLS only; page and functions are for this machine. */
  readonly iotHubHost: string;
  /** 0 takes any free port. */
  readonly httpPort: number;
  readonly iotHubPort: number;
  /** The CommonJS bundle of the functions app, with its host.json beside it. */
  readonly functionsApp: string;
  /** Folder of the built sign page. */
  readonly signPage: string;
  /** `sqlite:/absolute/path.db` or `postgres://...`; else a file in the data folder. */
  readonly database?: string | undefined;
  readonly demonstrationStoreGroup?: string | undefined;
  /** App settings that win over the usual ones. */
  readonly settings?: AppSettings;
  readonly log: Logger;
  readonly now: () => number;
};

export type LocalCloud = {
  /** `http://localhost:7071` */
  readonly httpUrl: string;
  /** `hostName` as it stands in connection strings: `localhost` on port 8883, else `localhost:8884`. */
  readonly iotHub: { readonly hostName: string; readonly port: number };
  readonly caPem: string;
  readonly caFile: string;
  /** Opens functions of authLevel `function`. A secret. */
  readonly hostKey: string;
  readonly close: () => Promise<void>;
};

/**
 * Starts the embedded cloud on a data folder: SignalR service and web front, IoT hub, and the functions app between them.
 * One a process, for the app's settings go into `process.env`. Rejects with a HostError and leaves nothing running.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const started: Started = { undo: [] };
  const app = Promise.withResolvers<FunctionsHost>();
  app.promise.catch(() => undefined);
  try {
    return await start(options, started, app);
  } catch (error) {
    app.reject(error);
    await stopLocalCloud(started);
    throw error;
  }
}

async function start(
  options: LocalCloudOptions,
  started: Started,
  app: PromiseWithResolvers<FunctionsHost>,
): Promise<LocalCloud> {
  const { iotHubHost: host, log, now, functionsApp } = options;
  const dataFolder = resolve(options.dataFolder);
  const { routePrefix, maxEventBatchSize: maxBatchEvents } = readHostJson(resolve(functionsApp));

  const database = openDataFolder(dataFolder);
  started.undo.push(() => database.close());
  const accessKey = platformSecret(database, 'signalr-access-key');
  const hostKey = platformSecret(database, 'functions-host-key');
  const sessionSigningKey = platformSecret(database, 'session-signing-key');

  // The app's settings name the ports, so the servers come first and hold what arrives until the app is there.
  const front = { ...options, database, accessKey, routePrefix, app: app.promise };
  const { httpUrl, signalR } = await startFront(front, started);
  const deliver = async (batch: Parameters<FunctionsHost['deliver']>[0]) =>
    (await app.promise).deliver(batch);
  const hub = { database, dataFolder, host, port: options.iotHubPort, maxBatchEvents, deliver, log, now };
  const { iotHub, caPem, caFile, registryPolicy } = await startHub(hub, started);

  const { database: productDatabase, demonstrationStoreGroup } = options;
  const iotHubAuthority = localAuthority(host, iotHub.port);
  const settings = appSettings({
    ...{ httpUrl, accessKey, iotHubAuthority, registryPolicy, sessionSigningKey },
    ...{ dataFolder, productDatabase, demonstrationStoreGroup },
  });
  started.undo.push(putIntoEnvironment({ ...settings, ...options.settings }));
  const environment = { appFile: functionsApp, settings: process.env };
  started.functions = await startFunctionsHost({ ...environment, hostKey, signalR, log, now });
  app.resolve(started.functions);
  started.functions.startTimers();

  const { hostName, port } = iotHub;
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= stopLocalCloud(started);
    return closed;
  };
  return { httpUrl, iotHub: { hostName, port }, caPem, caFile, hostKey, close };
}
