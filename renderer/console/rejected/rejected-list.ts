import type { RejectedMessage } from '../../../cloud/contracts/rejected.ts';

export type RejectedOfSensor = {
  readonly sensorId: string;
  readonly times: number;
  readonly lastSeenAtMs: number;
  /** By reason, the newest first. */
  readonly rows: readonly RejectedMessage[];
};

/** Sensor by sensor, the one that spoke last first. */
export function rejectedBySensor(
  rejected: readonly RejectedMessage[],
  text = '',
): readonly RejectedOfSensor[] {
  const kept = rejected.filter((row) => matches(row, text));
  return [...Map.groupBy(kept, ({ sensorId }) => sensorId)]
    .map(([sensorId, rows]) => ({
      sensorId,
      times: rows.reduce((sum, { times }) => sum + times, 0),
      lastSeenAtMs: Math.max(...rows.map(({ lastSeenAtMs }) => lastSeenAtMs)),
      rows: rows.toSorted(
        (a, b) => a.reason.localeCompare(b.reason, 'en') || b.lastSeenAtMs - a.lastSeenAtMs,
      ),
    }))
    .toSorted((a, b) => b.lastSeenAtMs - a.lastSeenAtMs || (a.sensorId < b.sensorId ? -1 : 1));
}

function matches({ sensorId, reason, detail, body, encoding }: RejectedMessage, text: string): boolean {
  const said = [sensorId, reason, detail, encoding === 'utf-8' ? body : ''].join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}
