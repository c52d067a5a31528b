import * as z from 'zod/mini';
import type { Reading } from '../contracts/telemetry.ts';
import type { XmlAdapter } from './adapter.ts';
import type { Decoded, Envelope } from './decoded.ts';
import { deviceAtMs } from './device-at-ms.ts';
import { isRecord, nameSchema, passedSchema, totalTextSchema } from './vendor-fields.ts';
import { cumulative, decodedPart, increment, lastMomentMs, refusedAt } from './vendor-readings.ts';

const ROOT = 'EventNotificationAlert';
const COUNTING = [ROOT, 'peopleCounting'];

/** Two of them make the name of a line. */
const partSchema = nameSchema.check(z.maxLength(31, 'expected at most 31 characters'));

const alertSchema = z.object(
  {
    macAddress: nameSchema,
    channelID: z._default(partSchema, '1'),
    dateTime: nameSchema,
    eventType: nameSchema,
    eventState: z.optional(z.string('expected text')),
    /** Sent again, after a time without network. */
    isDataRetransmission: z.optional(z.string('expected text')),
    peopleCounting: z.optional(z.unknown()),
  },
  'expected one element EventNotificationAlert',
);
type Alert = z.infer<typeof alertSchema>;

const regionsID = z._default(partSchema, '1');
const methodSchema = z.looseObject(
  {
    statisticalMethods: z.optional(
      z.enum(['realTime', 'timeRange', 'signalTrigger'], 'expected realTime, timeRange or signalTrigger'),
    ),
  },
  'expected an element with statisticalMethods, enter and exit',
);
const realTimeSchema = z.object({
  regionsID,
  RealTime: z.optional(z.object({ time: nameSchema }, 'expected an element with time')),
  enter: totalTextSchema,
  exit: totalTextSchema,
});
const timeRangeSchema = z.object({
  regionsID,
  TimeRange: z.object({ startTime: nameSchema, endTime: nameSchema }, 'expected startTime and endTime'),
  enter: z.pipe(totalTextSchema, passedSchema),
  exit: z.pipe(totalTextSchema, passedSchema),
});
const signalTriggerSchema = z.object({ regionsID });

/** Hikvision people counting: ISAPI's `EventNotificationAlert`, in whichever of its namespaces. */
export const hikvision: XmlAdapter = {
  recognises: (document) => isRecord(document) && ROOT in document,
  decode: (document, envelope) =>
    decodedPart(alertSchema, isRecord(document) ? document[ROOT] : undefined, [ROOT], (alert) => {
      if (isHeartbeat(alert)) return heard(alert, lineOf(alert, '1'), envelope);
      if (alert.eventType === 'PeopleCounting') return counted(alert, envelope);
      return refusedAt([ROOT, 'eventType'], 'expected PeopleCounting');
    }),
};

/** An alert stream says again and again that there is no video loss, only to show that the camera is there. */
const isHeartbeat = ({ eventType, eventState }: Alert) =>
  eventType.toLowerCase() === 'heartbeat' || (eventType === 'videoloss' && eventState === 'inactive');

/**
 * A camera may be set to tell of the same people in more than one way. Totals go before people per interval: once a
 * line has sent totals, its increments no longer count.
 */
const counted = (alert: Alert, envelope: Envelope): Decoded =>
  decodedPart(methodSchema, alert.peopleCounting, COUNTING, ({ statisticalMethods, TimeRange }) => {
    // ISAPI lets it be left out.
    const method = statisticalMethods ?? (TimeRange === undefined ? 'realTime' : 'timeRange');
    if (method === 'realTime') return totals(alert, envelope);
    if (method === 'timeRange') return interval(alert, envelope);
    // A summary, at a signal from outside, of people whom the other two have told of.
    return decodedPart(signalTriggerSchema, alert.peopleCounting, COUNTING, (signal) =>
      heard(alert, lineOf(alert, signal.regionsID), envelope),
    );
  });

/** `enter` and `exit` since the camera's last reset. */
const totals = (alert: Alert, envelope: Envelope) =>
  decodedPart(realTimeSchema, alert.peopleCounting, COUNTING, ({ regionsID, RealTime, enter, exit }) => {
    const line = lineOf(alert, regionsID);
    // A total from before newer ones would be taken for a counter that started over.
    if (alert.isDataRetransmission === 'true') return heard(alert, line, envelope);
    const time = RealTime?.time ?? alert.dateTime;
    const key = `hikvision:${alert.macAddress}:${line}:${time}:${enter}:${exit}`;
    const which = { line, key, deviceAtMs: deviceAtMs(time) };
    return only(cumulative(envelope, which, { in: enter, out: exit }));
  });

const interval = (alert: Alert, envelope: Envelope) =>
  decodedPart(timeRangeSchema, alert.peopleCounting, COUNTING, ({ regionsID, TimeRange, enter, exit }) => {
    const line = lineOf(alert, regionsID);
    const [startMs, endMs] = [deviceAtMs(TimeRange.startTime), deviceAtMs(TimeRange.endTime)];
    const which = {
      line,
      key: `hikvision:${alert.macAddress}:${line}:${TimeRange.startTime}`,
      deviceAtMs: startMs === null || endMs === null ? null : lastMomentMs(startMs, endMs),
    };
    return only(increment(envelope, which, { in: enter, out: exit }));
  });

/** Nobody, but the camera is there. */
function heard(alert: Alert, line: string, envelope: Envelope): Decoded {
  const key = `hikvision:heard:${alert.macAddress}:${line}:${alert.dateTime}`;
  const which = { line, key, deviceAtMs: deviceAtMs(alert.dateTime) };
  return only(increment(envelope, which, { in: 0, out: 0 }));
}

/** Most cameras count in one region only, so the first bears the name of its channel alone. */
const lineOf = ({ channelID }: Alert, regionsID: string): string =>
  regionsID === '1' ? channelID : `${channelID}/${regionsID}`;

const only = (reading: Reading): Decoded => ({ readings: [reading], refusals: [] });
