import type { JsonAdapter } from './adapter.ts';
import { dahuaRows } from './dahua-rows.ts';
import { dahuaSummary } from './dahua-summary.ts';
import { withinLimit } from './vendor-readings.ts';

/**
 * Dahua's `videoStatServer`, as whoever polls it passes it on: the summary of `getSummary` (lines of `key=value`), or
 * the rows of `doFind`. The two tell of the same people, so a sensor is to send one of them; the summary is the better.
 */
export const dahua: JsonAdapter = {
  recognises: (document) => dahuaSummary.recognises(document) || dahuaRows.recognises(document),
  decode: (document, envelope) =>
    dahuaSummary.recognises(document)
      ? dahuaSummary.decode(document, envelope)
      : withinLimit(dahuaRows.decode(document, envelope)),
};
