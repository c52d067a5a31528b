import { join } from 'node:path';

/** The event hub that the embedded IoT hub stands for; its connection string is only there to be named by bindings. */
const EVENT_HUB_NAME = 'vitrine';
const EVENT_HUB = 'Endpoint=sb://localhost/;SharedAccessKeyName=service;SharedAccessKey=embedded';
const FLUSH_SCHEDULE = '* * * * * *';
/** A push costs next to nothing here, and a batch tells a store's signs once however many readings it holds. */
const MINIMUM_PUSH_INTERVAL_MS = 0;

export type AppSettings = Readonly<Record<string, string | undefined>>;

export type Endpoints = {
  /** Without path: `http://localhost:7071`. */
  readonly httpUrl: string;
  /** Of the SignalR service. */
  readonly accessKey: string;
  /** With its port: `localhost:8883`. */
  readonly iotHubAuthority: string;
  readonly registryPolicy: { readonly name: string; readonly key: string };
  readonly sessionSigningKey: string;
  readonly ownerKey: string;
  readonly dataFolder: string;
  /** `sqlite:/absolute/path.db` or `postgres://...`; else a file in the data folder. */
  readonly productDatabase: string | undefined;
  readonly demonstrationStoreGroup: string | undefined;
  /** See `productEpoch`. */
  readonly epochNotBeforeMs: number | undefined;
};

/** What the app would be given by a Function App's settings on Azure; what is undefined must not be set. */
export function appSettings(endpoints: Endpoints): AppSettings {
  const { httpUrl, accessKey, iotHubAuthority, registryPolicy, dataFolder, epochNotBeforeMs } = endpoints;
  return {
    AzureSignalRConnectionString: `Endpoint=${httpUrl};AccessKey=${accessKey};Version=1.0;`,
    IotHubEvents: EVENT_HUB,
    IotHubEventHubName: EVENT_HUB_NAME,
    IotHubRegistry: `HostName=${iotHubAuthority};SharedAccessKeyName=${registryPolicy.name};SharedAccessKey=${registryPolicy.key}`,
    VitrineDatabase: endpoints.productDatabase ?? `sqlite:${join(dataFolder, 'vitrine.db')}`,
    SessionSigningKey: endpoints.sessionSigningKey,
    OwnerKey: endpoints.ownerKey,
    FlushSchedule: FLUSH_SCHEDULE,
    MinimumPushIntervalMs: String(MINIMUM_PUSH_INTERVAL_MS),
    DemonstrationStoreGroup: endpoints.demonstrationStoreGroup,
    EpochNotBeforeMs: epochNotBeforeMs === undefined ? undefined : String(epochNotBeforeMs),
    // App Service logs people in and says so with this; nobody does here.
    WEBSITE_AUTH_ENABLED: undefined,
  };
}

/** Puts settings into this process's environment, where a function looks for them. Gives the way back. */
export function putIntoEnvironment(settings: AppSettings): () => void {
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  const put = ([name, value]: readonly [string, string | undefined]) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  Object.entries(settings).forEach(put);
  return () => before.forEach(put);
}
