import { describe, expect, test } from 'vitest';
import { stampedEvents } from '../../../cloud/functions/hub-events.ts';
import { NOON_MS } from '../../support/builders.ts';

const stamp = { 'iothub-connection-device-id': 'street-1', 'iothub-enqueuedtime': '2026-11-21T11:00:00Z' };
const bodies = [Buffer.from('{"in":1}'), Buffer.from('{"in":1}')];
const metadata = (more: object) => ({
  partitionContext: { partitionId: '3' },
  systemPropertiesArray: [stamp, stamp],
  ...more,
});

describe('messages without an id of their own are told apart', () => {
  test.each([
    ['numbers', [7, 8]],
    ['texts', ['7', '8']],
    [
      'pairs of halves, as some workers hand them over',
      [
        { low: 7, high: 0 },
        { low: 8, high: 0 },
      ],
    ],
  ])('by the hub’s numbers, given as %s', (_, sequenceNumberArray) => {
    const { events, unstamped } = stampedEvents(bodies, metadata({ sequenceNumberArray }), NOON_MS);
    expect(new Set(events.map((event) => event.messageKey)).size).toBe(2);
    expect(unstamped).toBe(0);
  });

  test.each([
    ['none', {}],
    ['too few', { sequenceNumberArray: [7] }],
  ])('and a batch with %s of them fails, instead of counting its messages as one', (_, more) => {
    expect(() => stampedEvents(bodies, metadata(more), NOON_MS)).toThrow();
  });
});

test('a message that no device sent is left out and counted as such', () => {
  const given = metadata({ sequenceNumberArray: [7, 8], systemPropertiesArray: [{}, stamp] });
  const { events, unstamped } = stampedEvents(bodies, given, NOON_MS);
  expect(events).toHaveLength(1);
  expect(unstamped).toBe(1);
});

test('a time that the host writes without a zone is UTC', () => {
  const systemPropertiesArray = [{ 'iothub-connection-device-id': 'street-1' }];
  const enqueuedTimeUtcArray = ['2026-11-21T11:00:00'];
  const given = { systemPropertiesArray, enqueuedTimeUtcArray, sequenceNumberArray: [7] };
  expect(stampedEvents(bodies.slice(0, 1), given, 0).events[0]?.enqueuedAtMs).toBe(NOON_MS);
});
