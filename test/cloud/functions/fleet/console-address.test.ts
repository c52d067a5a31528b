import { expect, test } from 'vitest';
import { consoleAddress } from '../../../../cloud/functions/fleet/console-address.ts';

test.each([
  ['https://vitrine.shop.test/api/signs/me/heartbeat', 'https://vitrine.shop.test/console'],
  ['https://192.0.2.7:7071/api/pairing/code?x=1', 'https://192.0.2.7:7071/console'],
])('a sign that reaches the cloud at %s leads a phone to %s', (asked, console) => {
  expect(consoleAddress(asked)).toBe(console);
});

test.each(['http://localhost:7071/', 'http://127.0.0.1:7071/', 'http://[::1]/', 'http://vitrine.localhost/'])(
  'a sign on the cloud’s own machine, %s, leads a phone nowhere',
  (asked) => {
    expect(consoleAddress(asked)).toBeNull();
  },
);
