import type { HubEvent } from '../iot-hub/hub-event.ts';
import type { TriggerOf } from './app-function.ts';
import type { MadeMetadata } from './made-metadata.ts';
import type { RpcTypedData } from './rpc.ts';

/** The embedded hub has one partition. */
const PARTITION_ID = '0';

/** The batch as a function gets it: bytes where its binding says `binary`, else text. */
export function eventHubData(
  trigger: TriggerOf<'eventHubTrigger'>,
  batch: readonly HubEvent[],
): RpcTypedData {
  if (trigger.dataType === 'binary') return { collectionBytes: { bytes: batch.map(({ body }) => body) } };
  return texts(batch.map(({ body }) => body.toString('utf8')));
}

/** What goes beside a batch, named as the Event Hubs extension names it; the rest of it is `eventHubArrays`. */
export function eventHubMetadata(
  trigger: TriggerOf<'eventHubTrigger'>,
  batch: readonly HubEvent[],
): Readonly<Record<string, RpcTypedData>> {
  return {
    PartitionContext: {
      json: JSON.stringify({
        EventHubName: trigger.eventHubName,
        ConsumerGroup: trigger.consumerGroup,
        PartitionId: PARTITION_ID,
      }),
    },
    // A device's message has no partition key of its own.
    PartitionKeyArray: texts([]),
    SequenceNumberArray: { collectionSint64: { sint64: batch.map(({ sequenceNumber }) => sequenceNumber) } },
  };
}

/**
 * The other arrays, as a function has them: the library reads texts as JSON, and begins every name with a small letter.
 * To write them all out for it and have it read them again cost more than to count the batch.
 */
export function eventHubArrays(batch: readonly HubEvent[]): MadeMetadata {
  const written = timesWritten();
  return {
    offsetArray: () => batch.map(({ sequenceNumber }) => sequenceNumber),
    enqueuedTimeUtcArray: () => batch.map(({ enqueuedAtMs }) => written(enqueuedAtMs)),
    propertiesArray: () => batch.map(({ properties }) => withSmallLetters(properties)),
    systemPropertiesArray: () => batch.map((event) => systemPropertiesOf(event, written(event.enqueuedAtMs))),
  };
}

function withSmallLetters(properties: HubEvent['properties']): Readonly<Record<string, string>> {
  const named: Record<string, string> = {};
  for (const [name, value] of Object.entries(properties))
    named[name.charAt(0).toLowerCase() + name.slice(1)] = value;
  return named;
}

/** On their way to a Node worker, texts that are empty are left out of a list; empty bytes are not. */
const texts = (list: readonly string[]): RpcTypedData => ({
  collectionString: { string: list.filter((text) => text !== '') },
});

/** The extension adds the capitalised names of older versions to what came over the wire; here they begin small already. */
function systemPropertiesOf(event: HubEvent, enqueuedAt: string): Readonly<Record<string, string | number>> {
  const { sequenceNumber } = event;
  const offset = offsetOf(event);
  return {
    ...event.systemProperties,
    'x-opt-sequence-number': sequenceNumber,
    'x-opt-offset': offset,
    'x-opt-enqueued-time': enqueuedAt,
    sequenceNumber,
    offset,
    enqueuedTimeUtc: enqueuedAt,
  };
}

const offsetOf = ({ sequenceNumber }: HubEvent): string => String(sequenceNumber);

/** ISO 8601. The events of a batch come within a few milliseconds: each of these is written once. */
function timesWritten(): (timeMs: number) => string {
  let lastMs: number | undefined;
  let last = '';
  return (timeMs) => {
    if (timeMs !== lastMs) [lastMs, last] = [timeMs, new Date(timeMs).toISOString()];
    return last;
  };
}
