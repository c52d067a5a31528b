import type { InvocationContext } from '@azure/functions';
import { countReadings } from './count-readings.ts';
import { stampedEvents } from './hub-events.ts';
import type { HubMessage } from './hub-messages.ts';
import { countSetting, type Services } from './services.ts';

/** A batch of what the people counters said. Bad input never throws: it is kept with its reason. What throws is the database. */
export const telemetry =
  (services: Services) =>
  async (bodies: readonly unknown[], context: InvocationContext): Promise<readonly HubMessage[]> => {
    const { events, unstamped } = stampedEvents(bodies, context.triggerMetadata, services.now());
    if (unstamped > 0) context.warn(`${unstamped} messages carry no device id and were left out`);
    const { messages } = await services.store.transaction((tx) =>
      countReadings(tx, events, countSetting(services)),
    );
    return messages;
  };
