import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import { watchDistrust } from '../../main/distrust.ts';
import { trustAuthority } from '../../main/trust-authority.ts';
import { aKioskFolder } from '../support/kiosk-folder.ts';
import { anAuthority } from '../support/own-certificates.ts';

const CLOUD = 'https://shop-pc:7071';
const SILENT: FeedState = { kind: 'starting', problem: `The cloud at ${CLOUD} does not answer.` };

/** As `fetch` fails where a handshake does. */
const failing = (code: string) => async () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('words of a library'), { code }) });
};

async function afterCalls(fetches: readonly (() => Promise<Response>)[], problem?: string, isGiven = true) {
  const reasons: (string | undefined)[] = [];
  let next = 0;
  const watch = watchDistrust({
    cloudUrl: CLOUD,
    authority: isGiven ? { file: '/etc/ca.pem', problem } : undefined,
    onReason: (reason) => reasons.push(reason),
    fetch: () => fetches[next++]?.() ?? Promise.reject(new Error('no more')),
  });
  for (const _ of fetches) await watch.fetch(CLOUD).catch(() => {});
  return { reasons, state: watch.explained(SILENT) };
}

const UNKNOWN = failing('SELF_SIGNED_CERT_IN_CHAIN');

test('a cloud whose authority is not known is told apart from one that is silent, with what to do', async () => {
  const { reasons, state } = await afterCalls([UNKNOWN, UNKNOWN], undefined, false);
  expect(reasons).toEqual([
    `The cloud at ${CLOUD} is not trusted: this sign does not know who signed its certificate. ` +
      "Give it the cloud's ca.pem with --cloud-authority.",
  ]);
  expect(state).toEqual({ kind: 'starting', problem: reasons[0], trouble: 'untrusted' });
});

test('a wrong authority, and one that cannot be read, are told as such', async () => {
  expect((await afterCalls([UNKNOWN])).reasons[0]).toContain('It is not the authority in /etc/ca.pem.');
  expect((await afterCalls([UNKNOWN], '/etc/ca.pem cannot be read')).reasons[0]).toContain(
    'Its authority is not known: /etc/ca.pem cannot be read.',
  );
});

test('other names and a wrong clock have words of their own', async () => {
  expect((await afterCalls([failing('ERR_TLS_CERT_ALTNAME_INVALID')])).reasons[0]).toMatch(/for other names/);
  expect((await afterCalls([failing('CERT_NOT_YET_VALID')])).reasons[0]).toMatch(/clock of this device/);
  for (const [code, trouble] of [
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'wrong-name'],
    ['CERT_NOT_YET_VALID', 'clock'],
    ['CERT_HAS_EXPIRED', 'expired'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted'],
  ] as const) {
    expect((await afterCalls([failing(code)])).state).toMatchObject({ trouble });
  }
});

test('a cloud that is silent is not called untrusted, and one that is heard again is told once', async () => {
  expect(await afterCalls([failing('ECONNREFUSED')])).toEqual({ reasons: [], state: SILENT });
  const { reasons, state } = await afterCalls([
    UNKNOWN,
    async () => new Response('{}'),
    async () => new Response('{}'),
  ]);
  expect(reasons.slice(1)).toEqual([undefined]);
  expect(state).toEqual(SILENT);
});

test('an authority is taken from PEM, and what is none is refused in words', async () => {
  using here = aKioskFolder();
  const company = await anAuthority();
  const server = await company.issue(['shop-pc']);
  const why = (text: string) => {
    writeFileSync(here.path('ca.pem'), text);
    const trusted = trustAuthority(here.path('ca.pem'));
    return trusted.ok ? trusted.fingerprints.length : trusted.why;
  };
  expect(why(company.caPem)).toBe(1);
  expect(why(server.certPem)).toMatch(/there is no authority in .*ca\.pem/);
  expect(why('')).toMatch(/there is no authority/);
  expect(why('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toMatch(/cannot be read/);
  expect(trustAuthority(here.path('nothing.pem'))).toMatchObject({
    ok: false,
    why: expect.stringMatching(/ENOENT/),
  });
});
