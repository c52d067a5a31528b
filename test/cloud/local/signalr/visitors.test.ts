import { expect, test } from 'vitest';
import { createAppQueries } from '../../../../cloud/local/signalr/visitors.ts';

test('those who ask for nothing but the hub share one query, under the name that was checked alone', () => {
  const appQuery = createAppQueries();
  const told = (query: string) => appQuery(new URLSearchParams(query));
  expect(told('hub=signs&id=1&access_token=t')).toEqual({ hub: 'signs' });
  expect(told('hub=signs&id=2')).toBe(told('hub=signs'));
  for (const spelling of ['hub=SIGNS', 'hub=signs&hub=another']) {
    expect(told(spelling)).not.toBe(told(spelling));
    expect(told(spelling)).toEqual(told(spelling));
  }
  expect(told('hub=SIGNS')).toEqual({ hub: 'SIGNS' });
});
