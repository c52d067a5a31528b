import type { HubSays } from '../cloud-on-store.ts';
import { toldTime } from './clocks.ts';
import type { FleetSensor } from './fleet.ts';
import type { Seen, Walk } from './walk.ts';

/** A message as the hub keeps it: whenever it is handed over, its number and its time are the same. */
export type HubEvent = Required<Omit<HubSays, 'messageId'>>;

/** How long a message takes to the hub. */
const LATENCY_MS = 35;
/** How many of its last messages a sensor sends again when it does not know whether they arrived. */
const SENT_AGAIN = 3;

type Device = {
  readonly sensor: FleetSensor;
  boot: { count: number; atMs: number };
  sequence: number;
  /** Of a total: since its boot. Of the others: since the last message. */
  counted: { in: number; out: number };
  connected: boolean;
  enqueuedAtMs: number;
  /** All that it sent since its boot, the oldest first. */
  sent: object[];
  kept: object[];
};

type Sent = Omit<HubEvent, 'sequenceNumber'>;

/** What the sensors of a walk send, in the order in which the hub has it. Nothing is lost; some of it is sent twice. */
export function hubLog({ seen }: Pick<Walk, 'seen'>): readonly HubEvent[] {
  const devices = new Map<string, Device>();
  const log: Sent[] = [];
  for (const event of seen) {
    const device = devices.get(event.sensor.id) ?? aDevice(event);
    devices.set(event.sensor.id, device);
    happened(device, event, log);
  }
  return log
    .sort((one, other) => one.enqueuedAtMs - other.enqueuedAtMs)
    .map((message, index) => ({ ...message, sequenceNumber: index + 1 }));
}

const aDevice = ({ sensor, atMs }: Seen): Device => ({
  sensor,
  boot: { count: 1, atMs },
  sequence: 0,
  counted: { in: sensor.began, out: sensor.began },
  connected: true,
  enqueuedAtMs: 0,
  sent: [],
  kept: [],
});

function happened(device: Device, event: Seen, log: Sent[]): void {
  const { atMs } = event;
  const send = (body: object) => {
    if (device.connected) log.push(enqueued(device, body, atMs));
    else device.kept.push(body);
  };
  const report = (people: number) => {
    const body = bodyOf(device, atMs, people);
    device.sent.push(body);
    send(body);
  };
  switch (event.what) {
    case 'passed':
      // A counter that is about to start over says how far it came.
      if (isAboutToWrap(device, event)) report(0);
      device.counted = { in: device.counted.in + event.in, out: device.counted.out + event.out };
      return;
    case 'report':
      report(event.people);
      return;
    case 'reboot':
      if (device.sensor.kind === 'overhead') return;
      report(0);
      Object.assign(device, { boot: { count: device.boot.count + 1, atMs }, sequence: 0, sent: [] });
      device.counted = { in: 0, out: 0 };
      return;
    case 'cut':
      device.connected = false;
      return;
    case 'back':
      device.connected = true;
      for (const body of device.kept.splice(0)) send(body);
      return;
    case 'resend':
      // Only those that can be known again: a number of its own, or a count that is the same once more.
      if (device.sensor.kind !== 'unnumbered') for (const body of device.sent.slice(-SENT_AGAIN)) send(body);
      return;
    default:
      event satisfies never;
  }
}

function isAboutToWrap({ sensor, counted }: Device, passed: { in: number; out: number }): boolean {
  const { wrapsAt } = sensor;
  if (wrapsAt === null) return false;
  return Math.max((counted.in % wrapsAt) + passed.in, (counted.out % wrapsAt) + passed.out) >= wrapsAt;
}

function enqueued(device: Device, body: object, atMs: number): Sent {
  device.enqueuedAtMs = Math.max(device.enqueuedAtMs + 1, atMs + LATENCY_MS);
  return { sensorId: device.sensor.id, enqueuedAtMs: device.enqueuedAtMs, body };
}

function bodyOf(device: Device, atMs: number, people: number): object {
  const { sensor, boot, counted } = device;
  const at = toldTime(sensor.clock, atMs, boot);
  const time = at === undefined ? {} : { at };
  if (sensor.kind === 'overhead') return { kind: 'absolute', people, ...time };
  device.sequence += 1;
  const number = { boot: `b${boot.count}`, sequence: device.sequence };
  if (sensor.kind === 'total') return { kind: 'cumulative', ...totalsOf(device), ...number, ...time };
  device.counted = { in: 0, out: 0 };
  return { ...counted, ...(sensor.kind === 'numbered' ? number : {}), ...time };
}

function totalsOf({ sensor: { wrapsAt }, counted }: Device): object {
  if (wrapsAt === null) return counted;
  return { in: counted.in % wrapsAt, out: counted.out % wrapsAt, wrapsAt };
}
