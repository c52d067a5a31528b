import { changedDocument, type Path } from './changed-document.ts';
import { sensorMessageText } from './sensor-message.ts';

/** What a vendor's device sends, one after the other, and what it comes to. */
export type VendorMessages = {
  readonly vendor: string;
  /** As its owner may name it, besides `auto`. */
  readonly model: string;
  /** Tell totals for the first time: where counting starts, nobody yet. */
  readonly start: readonly string[];
  readonly moving: string;
  /** Says the same again, of another time. */
  readonly still: readonly string[];
  /** People in, less people out. */
  readonly net: number;
};

/** A fixture with other values at some of its paths. */
export function changed(name: string, ...changes: readonly (readonly [Path, unknown])[]): string {
  const document: unknown = JSON.parse(sensorMessageText(name));
  return JSON.stringify(
    changes.reduce((before, [path, value]) => changedDocument(before, path, value), document),
  );
}

/** A text fixture with other words in it; each of them must be there. */
export function replaced(name: string, ...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((text, [before, after]) => {
    if (!text.includes(before)) throw new Error(`${name} holds no ${before}`);
    return text.replaceAll(before, after);
  }, sensorMessageText(name));
}

const HIKVISION = 'hikvision-real-time.xml';
const LATER = ['12:27:24', '12:29:24'] as const;
const LATER_STILL = ['12:27:24', '12:31:24'] as const;
const hikvisionLater = [
  ['<enter>15<', '<enter>18<'],
  ['<exit>14<', '<exit>15<'],
] as const;

const TERABEE = 'terabee.json';
const terabeeLater = [
  [['count_in'], 27],
  [['count_out'], 13],
] as const;

const VS125 = 'milesight-vs125-periodic.json';
const vs125Totals: Path = ['line_total_data', 0, 'total'];
const vs125At = (minute: number): readonly (readonly [Path, unknown])[] => [
  [['time_info', 'start_time'], `2026-07-31T23:${minute - 1}:00-00:00`],
  [['time_info', 'end_time'], `2026-07-31T23:${minute}:00-00:00`],
  [['device_info', 'running_time'], minute * 30],
];
const vs125Later = [
  [[...vs125Totals, 'in_counted'], 8_446],
  [[...vs125Totals, 'out_counted'], 15_584],
] as const;

const VS133 = 'milesight-vs133-things-stack.json';
const vs133Frame = (frame: number): readonly (readonly [Path, unknown])[] => [
  [['received_at'], `2026-11-21T11:${frame}:54.594006440Z`],
  [['uplink_message', 'f_cnt'], frame],
  [['uplink_message', 'frm_payload'], undefined],
];
const vs133Later = [
  [['uplink_message', 'decoded_payload', 'line_1_total_in'], 75],
  [['uplink_message', 'decoded_payload', 'line_1_total_out'], 201],
] as const;

const CROSSLINE = 'axis-object-analytics-crossline.json';
const crosslineLater = [
  [['message', 'data', 'total'], '9'],
  [['message', 'data', 'totalHuman'], '6'],
] as const;

const increments = (vendor: string, model: string, name: string, net: number): VendorMessages => ({
  vendor,
  model,
  start: [],
  moving: sensorMessageText(name),
  still: [],
  net,
});

export const AXIS_3D = increments('AXIS 3D People Counter', 'axis', 'axis-3d-people-counter.json', 1 - 2);
export const HIKVISION_INTERVAL = increments('Hikvision', 'hikvision', 'hikvision-time-range.xml', 3 - 1);
export const VIVOTEK = increments('Vivotek', 'vivotek', 'vivotek.json', 1 - 2);
export const XOVIS_LIVE = increments('Xovis, live data', 'xovis', 'xovis-live-data.json', -1);
export const XOVIS_LOGICS = increments('Xovis, logics data', 'xovis', 'xovis-logics-data.json', 3 - 1);
export const SPATIAL_LINE = increments(
  'Azure spatial analysis, a line',
  'azure-spatial-analysis',
  'azure-spatial-analysis-person-line.json',
  -1,
);
export const SPATIAL_ZONE = increments(
  'Azure spatial analysis, who enters and leaves',
  'azure-spatial-analysis',
  'azure-spatial-analysis-zone-enter-exit.json',
  1,
);
export const VS125_TRIGGER = increments(
  'Milesight VS125, at each passage',
  'milesight',
  'milesight-vs125-trigger.json',
  1,
);
export const VS133_CHIRPSTACK = increments(
  'Milesight VS133 through ChirpStack',
  'milesight',
  'milesight-vs133-chirpstack.json',
  5 - 7,
);
export const HIKVISION_TOTALS: VendorMessages = {
  vendor: 'Hikvision, totals',
  model: 'hikvision',
  start: [replaced(HIKVISION)],
  moving: replaced(HIKVISION, LATER, ...hikvisionLater),
  still: [replaced(HIKVISION, LATER_STILL, ...hikvisionLater)],
  net: 3 - 1,
};
export const TERABEE_TOTALS: VendorMessages = {
  vendor: 'Terabee',
  model: 'terabee',
  start: [changed(TERABEE)],
  moving: changed(TERABEE, [['timestamp'], '165776867'], ...terabeeLater),
  still: [changed(TERABEE, [['timestamp'], '165776967'], ...terabeeLater)],
  net: 4 - 1,
};
export const VS125_TOTALS: VendorMessages = {
  vendor: 'Milesight VS125, totals',
  model: 'milesight',
  start: [changed(VS125)],
  moving: changed(VS125, ...vs125At(14), ...vs125Later),
  still: [changed(VS125, ...vs125At(16), ...vs125Later)],
  net: 4 - 1,
};
export const VS133_THINGS_STACK: VendorMessages = {
  vendor: 'Milesight VS133 through The Things Stack',
  model: 'milesight',
  start: [changed(VS133)],
  moving: changed(VS133, ...vs133Frame(34), ...vs133Later),
  still: [changed(VS133, ...vs133Frame(36), ...vs133Later)],
  net: 3 - 1,
};
export const AXIS_CROSSLINE: VendorMessages = {
  vendor: 'AXIS Object Analytics, a line',
  model: 'axis',
  start: [changed(CROSSLINE)],
  moving: changed(CROSSLINE, [['timestamp'], 1_645_568_662_222], ...crosslineLater),
  still: [changed(CROSSLINE, [['timestamp'], 1_645_568_762_222], ...crosslineLater)],
  net: 2,
};
