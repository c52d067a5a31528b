import type { InvocationContext } from '@azure/functions';
import { countReadings } from './count-readings.ts';
import { decodedBatch } from './decoded-batch.ts';
import { stampedEvents } from './hub-events.ts';
import type { HubMessage } from './hub-messages.ts';
import type { Services } from './services.ts';

/** A batch of what the people counters said. Bad input never throws: it is kept with its reason. What throws is the database. */
export const telemetry =
  ({ store, settings, now }: Services) =>
  async (bodies: readonly unknown[], context: InvocationContext): Promise<HubMessage[]> => {
    const { events, unstamped } = stampedEvents(bodies, context.triggerMetadata, now());
    if (unstamped > 0) context.warn(`${unstamped} messages carry no device id and were left out`);
    const batch = decodedBatch(events);
    const minimumIntervalMs = settings.MinimumPushIntervalMs;
    return store.transaction((tx) =>
      countReadings(tx, batch, { now, epoch: store.epoch, minimumIntervalMs }),
    );
  };
