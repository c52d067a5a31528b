import { HUB_NAME } from '../contracts/hub-targets.ts';
import { type OpenedStore, openStore } from '../store/open-store.ts';
import type { Store } from '../store/port.ts';
import type { CountSetting } from './count-readings.ts';
import { endProcess } from './end-process.ts';
import { createIotHubRegistry, type IotHubRegistry } from './platform/iot-hub-registry.ts';
import { createSignalRDataPlane, type SignalRDataPlane } from './platform/signalr-data-plane.ts';
import { type Settings, settingsFrom } from './settings.ts';

/** What a handler may use. Nothing here is made before the first call needs it. */
export type Services = {
  readonly settings: Settings;
  readonly store: Store;
  readonly registry: IotHubRegistry;
  readonly signalR: SignalRDataPlane;
  readonly now: () => number;
};

type OpenedServices = Services & { readonly store: OpenedStore };

export type LazyServices = {
  /** The same services each time; a failed opening is tried anew by the next call. */
  get(): Promise<OpenedServices>;
  close(): Promise<void>;
};

export function lazyServices(
  environment: Readonly<Record<string, string | undefined>>,
  now: () => number,
): LazyServices {
  let opening: Promise<OpenedServices> | undefined;
  return {
    get() {
      opening ??= openServices(settingsFrom(environment), now).catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      return opening;
    },
    async close() {
      const opened = await opening?.catch(() => undefined);
      opening = undefined;
      await opened?.store.close();
    },
  };
}

async function openServices(settings: Settings, now: () => number): Promise<OpenedServices> {
  return {
    settings,
    store: await openStore(settings.VitrineDatabase, {
      now,
      epochNotBeforeMs: settings.EpochNotBeforeMs,
      onLost: endProcess,
    }),
    registry: createIotHubRegistry(settings.IotHubRegistry, now),
    signalR: createSignalRDataPlane(settings.AzureSignalRConnectionString, HUB_NAME),
    now,
  };
}

/** How a batch is counted and told. */
export const countSetting = ({ store, settings, now }: Services): CountSetting => ({
  now,
  epoch: store.epoch,
  minimumIntervalMs: settings.MinimumPushIntervalMs,
});
