import type { JsonAdapter } from './adapter.ts';
import type { Decoded, Envelope } from './decoded.ts';
import { milesightDevice } from './milesight-device.ts';
import { milesightUplink } from './milesight-uplink.ts';
import { refusedAt, withinLimit } from './vendor-readings.ts';

/**
 * Milesight: the JSON of sensors that push it themselves (VS125, VS135), and the uplinks of VS133 and VS135 as The Things
 * Stack v3 and ChirpStack v4 pass them on.
 */
export const milesight: JsonAdapter = {
  recognises: (document) => ROADS.some(({ recognises }) => recognises(document)),
  decode: (document, envelope) => withinLimit(decoded(document, envelope)),
};

type Road = JsonAdapter & {
  /** Whether it came this way, whoever made the sensor. */ readonly carries: (document: unknown) => boolean;
};
const ROADS: readonly Road[] = [milesightDevice, milesightUplink];

function decoded(document: unknown, envelope: Envelope): Decoded {
  const road = ROADS.find(({ carries }) => carries(document));
  return (
    road?.decode(document, envelope) ??
    refusedAt([], 'expected line_total_data, uplink_message (The Things Stack) or deviceInfo (ChirpStack)')
  );
}
