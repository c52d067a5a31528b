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
  return { collectionString: { string: batch.map(({ body }) => body.toString('utf8')) } };
}

/** The arrays beside a batch, one item an event, named as the Event Hubs extension names them. */
export function eventHubMetadata(
  trigger: TriggerOf<'eventHubTrigger'>,
  batch: readonly HubEvent[],
): Readonly<Record<string, RpcTypedData>> {
  const json = (value: unknown): RpcTypedData => ({ json: JSON.stringify(value) });
  return {
    PartitionContext: json({
      EventHubName: trigger.eventHubName,
      ConsumerGroup: trigger.consumerGroup,
      PartitionId: PARTITION_ID,
    }),
    PartitionKeyArray: { collectionString: { string: batch.map(() => '') } },
    OffsetArray: { collectionString: { string: batch.map(offsetOf) } },
    SequenceNumberArray: { collectionSint64: { sint64: batch.map(({ sequenceNumber }) => sequenceNumber) } },
    EnqueuedTimeUtcArray: json(batch.map(enqueuedAt)),
    PropertiesArray: json(batch.map(({ properties }) => properties)),
    SystemPropertiesArray: json(batch.map(systemPropertiesOf)),
  };
}

/** The extension adds the capitalised names of older versions to what came over the wire. */
function systemPropertiesOf(event: HubEvent): Readonly<Record<string, string | number>> {
  return {
    ...event.systemProperties,
    'x-opt-sequence-number': event.sequenceNumber,
    'x-opt-offset': offsetOf(event),
    'x-opt-enqueued-time': enqueuedAt(event),
    SequenceNumber: event.sequenceNumber,
    Offset: offsetOf(event),
    EnqueuedTimeUtc: enqueuedAt(event),
  };
}

const offsetOf = ({ sequenceNumber }: HubEvent): string => String(sequenceNumber);
const enqueuedAt = ({ enqueuedAtMs }: HubEvent): string => new Date(enqueuedAtMs).toISOString();
