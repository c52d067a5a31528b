import type { Logger } from 'pino';
import { HostError } from '../host-error.ts';
import type { DeliverBatch, HubEvent } from '../iot-hub/hub-event.ts';
import type { AppFunction, TriggerOf } from './app-function.ts';
import { eventHubArrays, eventHubData, eventHubMetadata } from './event-hub-input.ts';
import type { FunctionRunner } from './function-runner.ts';
import { retryContextOf, withRetries } from './retry-policy.ts';

type EventHubFunction = AppFunction<TriggerOf<'eventHubTrigger'>>;

/**
 * Gives each batch to every event hub function, one batch at a time and in order, under the function's own retry policy.
 * Rejects where one of them fails for good, or the host closes meanwhile: the batch is then not acknowledged.
 */
export function createEventHubFunctions(
  functions: readonly EventHubFunction[],
  runner: Pick<FunctionRunner, 'run'>,
  signal: AbortSignal,
  log: Logger,
): DeliverBatch {
  const lanes = functions.map((fn) => lane(fn, runner, signal, log));
  return async (batch) => {
    if (lanes.length === 0)
      throw new HostError('ERR_NO_EVENT_HUB_FUNCTION', 'the app has no event hub function');
    await Promise.all(lanes.map((deliver) => deliver(batch)));
  };
}

function lane(
  fn: EventHubFunction,
  runner: Pick<FunctionRunner, 'run'>,
  signal: AbortSignal,
  log: Logger,
): DeliverBatch {
  let last: Promise<unknown> = Promise.resolve();

  const deliver = (batch: readonly HubEvent[]) => {
    const data = eventHubData(fn.trigger, batch);
    const metadata = eventHubMetadata(fn.trigger, batch);
    return withRetries(fn.retry, signal, async (attempt) => {
      const retryContext = retryContextOf(fn.retry, attempt);
      try {
        await runner.run(fn, { data, metadata, made: eventHubArrays(batch), retryContext });
      } catch (error) {
        const { retryCount } = attempt;
        log.warn({ err: error, function: fn.name, events: batch.length, retryCount }, 'a batch failed');
        throw error;
      }
    });
  };

  return (batch) => {
    const next = last.then(() => deliver(batch));
    last = next.catch(() => undefined);
    return next;
  };
}
