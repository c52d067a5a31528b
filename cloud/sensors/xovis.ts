import type { JsonAdapter } from './adapter.ts';
import type { Decoded, Envelope } from './decoded.ts';
import { isRecord } from './vendor-fields.ts';
import { NOTHING, refusedAt, withinLimit } from './vendor-readings.ts';
import { xovisLiveData } from './xovis-live-data.ts';
import { xovisLogicsData } from './xovis-logics-data.ts';

/**
 * Xovis 5: a push of live data (one event a person) or of logics data (people per interval). The two tell of the same
 * people, so a device is to push one of them, by one agent; logics data comes also when nobody passes, which tells a
 * quiet door from a dead sensor. Forward over a line is IN; where the line was drawn the other way, its sensor is flipped.
 */
export const xovis: JsonAdapter = {
  recognises: (document) =>
    isRecord(document) &&
    PUSHES.some((push) => {
      const pushed = document[push];
      return isRecord(pushed) && 'package_info' in pushed;
    }),
  decode: (document, envelope) => withinLimit(decoded(document, envelope)),
};

const PUSHES = ['logics_data', 'live_data', 'status_data'];

function decoded(document: unknown, envelope: Envelope): Decoded {
  if (isRecord(document)) {
    if ('logics_data' in document) return xovisLogicsData(document, envelope);
    if ('live_data' in document) return xovisLiveData(document, envelope);
    // How the sensor is, not whom it counted.
    if ('status_data' in document) return NOTHING;
  }
  return refusedAt([], 'expected logics_data or live_data');
}
