import { describe, expect } from 'vitest';
import * as z from 'zod';
import { manifestSchema } from '../../cloud/local/upkeep/manifest.ts';
import { paintedReportSchema } from '../../main/bridge.ts';
import { isOurs, isPage, PAGE_URL } from '../../main/page-address.ts';
import { type Settings, settingsIn } from '../../main/settings.ts';
import { survivesGarbage } from '../support/garbage.ts';
import { valueIn } from '../support/value-in.ts';

const json = (value: unknown) => JSON.stringify(value);

describe('what a shell finds on its disk', () => {
  survivesGarbage(
    'as its settings',
    (bytes) => {
      const settings = settingsOrNone(bytes.toString());
      if (settings === undefined) return;
      const { cloud, embedded } = settings;
      // Whatever it says, the counts cross a network by TLS alone.
      const isSafe =
        cloud === 'embedded' || /^(https:|http:\/\/(localhost|127\.|\[::1\]))/.test(spelt(cloud));
      const isPort = [embedded.httpPort, embedded.iotHubPort].every((port) => port >= 0 && port <= 65_535);
      if (!isSafe || !isPort) expect({ cloud, embedded }).toBe('safe');
    },
    [
      json({ cloud: 'https://vitrine.example', authority: 'ca.pem' }),
      json({ cloud: 'http://localhost:7071', embedded: { httpPort: 7071, demonstrationStoreGroup: 'demo' } }),
      json({ embedded: { host: '0.0.0.0', names: ['a'], certificate: { chain: 'c.pem', key: 'k.pem' } } }),
    ],
  );

  survivesGarbage(
    'as a back-up',
    (bytes) => {
      const manifest = manifestSchema.safeParse(valueIn(bytes));
      for (const { name } of manifest.data?.files ?? []) {
        if (/[/\\]|^\./.test(name)) expect(name).toBe('a name inside of its folder');
      }
    },
    [
      json({
        format: 1,
        madeAt: '2026-11-21T04:10:00.000Z',
        why: 'daily',
        programVersion: '1.2.3',
        productDatabase: 'sqlite',
        files: [
          { name: 'vitrine.db', role: 'product', bytes: 12, sha256: 'a'.repeat(64), schemaVersion: 3 },
          { name: '../other', role: 'other', bytes: 0, sha256: 'b'.repeat(64), schemaVersion: 0 },
        ],
      }),
    ],
  );
});

describe('what a page says to its shell', () => {
  survivesGarbage(
    'of what it painted',
    (bytes) => {
      const { data } = paintedReportSchema.safeParse(valueIn(bytes));
      const isShort = data === undefined || json(data).length < 300;
      if (!isShort) expect(data).toBe('short');
    },
    [
      json({
        kind: 'store',
        storeGroupId: 'city',
        storeId: 's1',
        epoch: 1,
        revision: 2,
        freshness: 'live',
        leaseMs: 900_000,
        identify: false,
      }),
    ],
  );

  survivesGarbage(
    'of where it is',
    (bytes) => {
      const address = bytes.toString();
      if (isOurs(address) && !/^app:\/\/sign($|[/?#])/.test(spelt(address))) expect(address).toBe('refused');
      if (isPage(address) && !spelt(address).startsWith(PAGE_URL)) expect(address).toBe('refused');
    },
    [
      PAGE_URL,
      `${PAGE_URL}?a#b`,
      'app://sign.evil/index.html',
      'app://sign@evil/',
      'app://evil@sign/index.html',
    ],
  );
});

/** As a browser would write it. */
const spelt = (address: string): string => URL.parse(address)?.href ?? '';

/** A broken file is set aside; there are only two ways to be broken. */
function settingsOrNone(text: string): Settings | undefined {
  try {
    return settingsIn(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
