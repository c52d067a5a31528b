import { setTimeout as delay } from 'node:timers/promises';
import type { FunctionsHost } from './functions-host/start-functions-host.ts';
import type { IotHub } from './iot-hub/start-iot-hub.ts';
import type { SignalRService } from './signalr/create-signalr-service.ts';
import type { Upkeep } from './upkeep/start-upkeep.ts';
import type { WebFront } from './web/start-web-front.ts';

/** What of a cloud has been started so far; `undo` in the order of doing. */
export type Started = {
  web?: WebFront;
  iotHub?: IotHub;
  signalR?: SignalRService;
  functions?: FunctionsHost;
  upkeep?: Upkeep;
  readonly undo: (() => void)[];
};

/** With its database away a batch never ends by itself; then the functions host ends it. */
const BATCH_ENDS_WITHIN_MS = 5_000;

/**
 * Stops from the outside in, so that what was let in is still served: readings first, then signs, the web, the app and
 * its ground.
 */
export async function stopLocalCloud(started: Started): Promise<void> {
  const { web, iotHub, signalR, functions, upkeep, undo } = started;
  const upkeepClosed = upkeep?.close();
  const hubClosed = iotHub?.close();
  await within(BATCH_ENDS_WITHIN_MS, hubClosed);
  // Those who leave now are still heard of by the app.
  await signalR?.close();
  // Its door stood open for them till now: who polls has to come again to hear the end.
  const webClosed = web?.close();
  await functions?.close();
  await Promise.all([webClosed, hubClosed, upkeepClosed]);
  for (const undoOne of undo.splice(0).reverse()) undoOne();
}

async function within(ms: number, work: Promise<void> | undefined): Promise<void> {
  const done = new AbortController();
  await Promise.race([work, delay(ms, undefined, { signal: done.signal }).catch(() => undefined)]);
  done.abort();
}
