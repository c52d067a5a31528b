import { expect, test } from 'vitest';
import type { RejectedMessage } from '../../../../cloud/contracts/rejected.ts';
import { bodyBytes, bodyWords } from '../../../../renderer/console/rejected/body-words.ts';
import { rejectedBySensor } from '../../../../renderer/console/rejected/rejected-list.ts';

const message = (more: Partial<RejectedMessage> = {}): RejectedMessage => ({
  ...{ sensorId: 'a-1', reason: 'not-json', detail: 'expected JSON', body: 'x', encoding: 'utf-8' },
  ...{ times: 1, firstSeenAtMs: 1, lastSeenAtMs: 1 },
  ...more,
});

test('messages stand by sensor and reason, the sensor that spoke last first', () => {
  const listed = rejectedBySensor([
    message({ times: 2 }),
    message({ sensorId: 'b-1', lastSeenAtMs: 9 }),
    message({ reason: 'implausible', lastSeenAtMs: 3 }),
  ]);
  expect(listed.map(({ sensorId, times, lastSeenAtMs }) => [sensorId, times, lastSeenAtMs])).toEqual([
    ['b-1', 1, 9],
    ['a-1', 3, 3],
  ]);
  expect(listed[1]?.rows.map(({ reason }) => reason)).toEqual(['implausible', 'not-json']);
});

test('a filter finds messages by sensor, reason, and what they say as text', () => {
  const rows = [
    message({ body: '{"in":4}' }),
    message({ sensorId: 'b-1', body: 'aW4=', encoding: 'base64' }),
  ];
  const found = (text: string) => rejectedBySensor(rows, text).map(({ sensorId }) => sensorId);
  expect(found('"IN"')).toEqual(['a-1']);
  expect(found('b-1 not-json')).toEqual(['b-1']);
  expect(found('aW4=')).toEqual([]);
});

test('a body is shown as text or in hexadecimal, cut where it is long, and given out whole', () => {
  expect(bodyWords({ body: 'é', encoding: 'utf-8' })).toEqual({ text: 'é', isCut: false });
  expect(bodyWords({ body: 'AP8Q', encoding: 'base64' })).toEqual({ text: '00 ff 10', isCut: false });
  expect(bodyWords({ body: 'x'.repeat(2_001), encoding: 'utf-8' }).isCut).toBe(true);
  expect(bodyWords({ body: btoa('x'.repeat(513)), encoding: 'base64' }).isCut).toBe(true);
  expect([...bodyBytes({ body: 'é', encoding: 'utf-8' })]).toEqual([0xc3, 0xa9]);
  expect([...bodyBytes({ body: 'AP8Q', encoding: 'base64' })]).toEqual([0, 255, 16]);
});
