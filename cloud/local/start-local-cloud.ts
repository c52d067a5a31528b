import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { type AppSettings, appSettings, putIntoEnvironment } from './app-settings.ts';
import type { OwnerFiles } from './certificates/owner-certificate.ts';
import { type Authority, startCertificates } from './certificates/start-certificates.ts';
import { readHostJson } from './functions-host/host-json.ts';
import { type FunctionsHost, startFunctionsHost } from './functions-host/start-functions-host.ts';
import { authorityOf, LOCAL_HOST } from './listen-address.ts';
import { openDataFolder } from './open-data-folder.ts';
import { startFront } from './start-front.ts';
import { startHub } from './start-hub.ts';
import { makeOwnerOnly } from './state/owner-only.ts';
import { platformSecret } from './state/secrets.ts';
import { openTimerStatuses } from './state/timer-statuses.ts';
import { type Started, stopLocalCloud } from './stop-local-cloud.ts';
import type { TimeOfDay } from './upkeep/back-up-time.ts';
import { productFileOf } from './upkeep/data-files.ts';
import { epochOfStart } from './upkeep/epoch-of-start.ts';
import { startUpkeep } from './upkeep/start-upkeep.ts';

export type LocalCloudOptions = {
  readonly dataFolder: string;
  /** The address that page, functions and SignalR listen on: TLS only, unless it is a loopback one (the default). */
  readonly host?: string | undefined;
  /** The address that the IoT hub listens on, by TLS only; else the same. */
  readonly iotHubHost?: string | undefined;
  /** Further names of this machine, best first. */
  readonly names?: readonly string[] | undefined;
  /** Shown instead of the installation's own to who is not on this machine. */
  readonly ownerCertificate?: OwnerFiles | undefined;
  /** How often certificates, addresses and those files are looked at. */
  readonly lookEveryMs?: number | undefined;
  /** 0 takes any free port. */
  readonly httpPort: number;
  readonly iotHubPort: number;
  /** The CommonJS bundle of the functions app, with its host.json beside it. */
  readonly functionsApp: string;
  /** Folder of the built sign page. */
  readonly signPage: string;
  /** Folder of the built console; left out: there is none. */
  readonly consolePage?: string | undefined;
  /** `sqlite:/absolute/path.db` or `postgres://...`; else a file in the data folder. */
  readonly database?: string | undefined;
  readonly demonstrationStoreGroup?: string | undefined;
  /** When the daily back-up is made; left out: none. */
  readonly backUpAt?: TimeOfDay | undefined;
  /** Template of an address (`{hub}`, `{category}`, `{event}`) that is told of connections, instead of the app. */
  readonly signalRUpstream?: string | undefined;
  /** App settings that win over the usual ones. */
  readonly settings?: AppSettings;
  readonly log: Logger;
  readonly now: () => number;
};

export type LocalCloud = {
  /** As this machine calls it: `http://localhost:7071`, `https://` where it serves the network. */
  readonly httpUrl: string;
  /** As others call it; none where it is for this machine alone. */
  readonly networkUrls: readonly string[];
  /** `hostName` as it stands in connection strings: `localhost` on port 8883, else `localhost:8884`. */
  readonly iotHub: { readonly hostName: string; readonly port: number };
  readonly caPem: string;
  readonly caFile: string;
  readonly authority: Omit<Authority, 'caPem'>;
  /** Opens functions of authLevel `function`, and all that a person may do. A secret. */
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
  const { host = LOCAL_HOST, iotHubHost = host, log, now, functionsApp } = options;
  const dataFolder = resolve(options.dataFolder);
  const { routePrefix, batches } = readHostJson(resolve(functionsApp));

  makeOwnerOnly(dataFolder, log);
  const productFile = productFileOf(dataFolder, options.database);
  const { database, close: closeDataFolder } = await openDataFolder(dataFolder, productFile);
  started.undo.push(closeDataFolder);
  const epochNotBeforeMs = epochOfStart(database, productFile, now());
  const accessKey = platformSecret(database, 'signalr-access-key');
  const hostKey = platformSecret(database, 'functions-host-key');
  const keys = { host: hostKey, master: platformSecret(database, 'functions-master-key') };
  const sessionSigningKey = platformSecret(database, 'session-signing-key');

  const hosts = [host, iotHubHost];
  const certificates = await startCertificates({ ...options, database, dataFolder, hosts }, started);

  // The app's settings name the ports, so the servers come first and hold what arrives until the app is there.
  const front = { ...options, host, certificates, database, accessKey, routePrefix, app: app.promise };
  const { httpUrl, networkUrls, signalR } = await startFront(front, started);
  const deliver = async (batch: Parameters<FunctionsHost['deliver']>[0]) =>
    (await app.promise).deliver(batch);
  const hub = {
    database,
    certificates,
    host: iotHubHost,
    port: options.iotHubPort,
    batches,
    deliver,
    log,
    now,
  };
  const { iotHub, hostName: hubName, registryPolicy } = await startHub(hub, started);

  const { database: productDatabase, demonstrationStoreGroup } = options;
  const iotHubAuthority = authorityOf(hubName, iotHub.port);
  const settings = appSettings({
    ...{ httpUrl, accessKey, iotHubAuthority, registryPolicy, sessionSigningKey },
    ...{ ownerKey: hostKey, dataFolder, productDatabase, demonstrationStoreGroup, epochNotBeforeMs },
  });
  started.undo.push(putIntoEnvironment({ ...settings, ...options.settings }));
  const environment = { appFile: functionsApp, settings: process.env };
  started.functions = await startFunctionsHost({
    ...environment,
    keys,
    timerStatuses: openTimerStatuses(database),
    signalR,
    log,
    now,
  });
  app.resolve(started.functions);
  started.functions.startTimers();
  const { backUpAt } = options;
  started.upkeep = await startUpkeep({ dataFolder, productFile, database, backUpAt, log, now });

  const { hostName, port } = iotHub;
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= stopLocalCloud(started);
    return closed;
  };
  const { caPem, ...authority } = certificates.authority;
  const { caFile } = authority;
  return {
    ...{ httpUrl, networkUrls, iotHub: { hostName, port }, caPem, caFile, authority, hostKey, close },
  };
}
