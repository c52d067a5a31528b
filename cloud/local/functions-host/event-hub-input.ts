import type { HubEvent } from '../iot-hub/hub-event.ts';
import type { TriggerOf } from './app-function.ts';
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

/** The arrays beside a batch, one item an event, named as the Event Hubs extension names them. */
export function eventHubMetadata(
  trigger: TriggerOf<'eventHubTrigger'>,
  batch: readonly HubEvent[],
): Readonly<Record<string, RpcTypedData>> {
  const json = (value: unknown): RpcTypedData => ({ json: JSON.stringify(value) });
  const written = timesWritten();
  return {
    PartitionContext: json({
      EventHubName: trigger.eventHubName,
      ConsumerGroup: trigger.consumerGroup,
      PartitionId: PARTITION_ID,
    }),
    // A device's message has no partition key of its own.
    PartitionKeyArray: texts(batch.map(() => '')),
    OffsetArray: texts(batch.map(offsetOf)),
    SequenceNumberArray: { collectionSint64: { sint64: batch.map(({ sequenceNumber }) => sequenceNumber) } },
    EnqueuedTimeUtcArray: json(batch.map(({ enqueuedAtMs }) => written(enqueuedAtMs))),
    PropertiesArray: json(batch.map(({ properties }) => properties)),
    SystemPropertiesArray: json(batch.map((event) => systemPropertiesOf(event, written(event.enqueuedAtMs)))),
  };
}

/** On their way to a Node worker, texts that are empty are left out of a list; empty bytes are not. */
const texts = (list: readonly string[]): RpcTypedData => ({
  collectionString: { string: list.filter((text) => text !== '') },
});

/** The extension adds the capitalised names of older versions to what came over the wire. */
function systemPropertiesOf(event: HubEvent, enqueuedAt: string): Readonly<Record<string, string | number>> {
  const { sequenceNumber } = event;
  const offset = offsetOf(event);
  return {
    ...event.systemProperties,
    'x-opt-sequence-number': sequenceNumber,
    'x-opt-offset': offset,
    'x-opt-enqueued-time': enqueuedAt,
    SequenceNumber: sequenceNumber,
    Offset: offset,
    EnqueuedTimeUtc: enqueuedAt,
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
