/**
 * The payload of VS133 and VS135: channel, type, value, over and over; little endian. Lines count from 1 and have three
 * channels each, from 0x03 on; those of children, from 0x11 on, are part of them.
 * github.com/Milesight-IoT/SensorDecoders, VS_Series/VS13x
 */
export type BytesDecoded =
  | { readonly ok: true; readonly counts: ReadonlyMap<string, number> }
  | { readonly ok: false; readonly expected: string };

const FIRST_LINE_CHANNEL = 0x03;
const LAST_LINE_CHANNEL = 0x0e;
const REGION_CHANNEL = 0x0f;

const TOTAL = 0xd2;
const PERIOD = 0xcc;
const REGIONS = 0xe3;
/** What else such a device says of those it counts, by type: dwell times and an alarm. */
const OTHER_LENGTHS = new Map([
  [TOTAL, 4],
  [PERIOD, 4],
  [REGIONS, 4],
  [0xe4, 5],
  [0xfc, 3],
]);

/** Channels 0xfe and 0xff: what the device is and how it was set up, by type. */
const ATTRIBUTE_LENGTHS = new Map([
  [0x01, 1],
  [0x03, 2],
  [0x04, 1],
  [0x09, 2],
  [0x0a, 2],
  [0x0b, 1],
  [0x0f, 1],
  [0x10, 1],
  [0x16, 8],
  [0x1f, 4],
  [0x40, 1],
  [0x42, 1],
  [0x43, 1],
  [0x44, 1],
  [0x51, 1],
  [0xfe, 1],
  [0xff, 2],
]);

/** What is counted, by the names that the vendor's own decoder gives. */
export function countsOfBytes(bytes: Uint8Array): BytesDecoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const counts = new Map<string, number>();
  let at = 0;
  while (at + 2 <= bytes.length) {
    const channel = view.getUint8(at);
    const type = view.getUint8(at + 1);
    const length = (channel >= 0xfe ? ATTRIBUTE_LENGTHS : OTHER_LENGTHS).get(type);
    if (length === undefined) {
      // A newer firmware's channel ends what can be read; at the very start this is no payload of such a device.
      if (at > 0) break;
      return { ok: false, expected: 'expected a payload of VS133 or VS135' };
    }
    if (at + 2 + length > bytes.length) {
      return { ok: false, expected: `expected ${length} bytes from byte ${at + 2}` };
    }
    for (const [name, count] of countsOf(channel, type, view, at + 2)) counts.set(name, count);
    at += 2 + length;
  }
  return { ok: true, counts };
}

function countsOf(channel: number, type: number, view: DataView, at: number): [string, number][] {
  const line = Math.floor((channel - FIRST_LINE_CHANNEL) / 3) + 1;
  const place = (channel - FIRST_LINE_CHANNEL) % 3;
  const isLine = channel >= FIRST_LINE_CHANNEL && channel <= LAST_LINE_CHANNEL;
  if (isLine && type === TOTAL && place < 2) {
    return [[`line_${line}_total_${place === 0 ? 'in' : 'out'}`, view.getUint32(at, true)]];
  }
  if (isLine && type === PERIOD && place === 2) {
    return [
      [`line_${line}_period_in`, view.getUint16(at, true)],
      [`line_${line}_period_out`, view.getUint16(at + 2, true)],
    ];
  }
  if (channel === REGION_CHANNEL && type === REGIONS) {
    return [0, 1, 2, 3].map((region) => [`region_${region + 1}_count`, view.getUint8(at + region)]);
  }
  return [];
}
