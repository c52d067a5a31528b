import { expect, test } from 'vitest';
import { fanOut } from './fan-out.ts';

test('the bench of the fan-out runs: every client counts every message of every server', async () => {
  const { rows } = await fanOut.run(() => undefined, { quick: true });
  expect(rows.map(({ what }) => what)).toContain('100 signs: SignalR service');
  expect(rows.filter(({ figure }) => !(figure.median > 0))).toEqual([]);
  expect(rows.filter(({ hold }) => hold !== undefined).length).toBeGreaterThanOrEqual(2);
});
