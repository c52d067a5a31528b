import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { namingProblem } from '../../../../cloud/local/certificates/naming-problem.ts';
import { readOwnerCertificate } from '../../../../cloud/local/certificates/owner-certificate.ts';
import { watchOwnerCertificate } from '../../../../cloud/local/certificates/watch-owner-certificate.ts';
import { HostError } from '../../../../cloud/local/host-error.ts';
import { anAuthority, laidDown } from '../../../support/own-certificates.ts';

const DAY_MS = 86_400_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-owner-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A log, and the messages of its warnings and errors. */
function aLog() {
  const said: string[] = [];
  const write = (line: string) => void said.push(JSON.parse(line).msg);
  return { said, log: pino({ level: 'warn' }, { write }) };
}

test('a certificate with its chain tells its names, and brings its authority', async () => {
  const authority = await anAuthority();
  const files = laidDown(
    folder,
    await authority.issue(['shop.example', '*.shop.example', 'fd00::2']),
    authority.caPem,
  );
  const { names, covers, roots } = readOwnerCertificate(files);
  expect(names).toEqual(['shop.example', '*.shop.example', 'fd00::2']);
  expect(
    ['shop.example', 'PC.shop.example', 'fd00::2', 'localhost', '127.0.0.1', 'a\0b', ''].filter(covers),
  ).toEqual(['shop.example', 'PC.shop.example', 'fd00::2']);
  expect(roots).toHaveLength(1);
});

test('what cannot be used is refused with the option, the file and what was expected', async () => {
  const authority = await anAuthority();
  const [one, other] = [await authority.issue(['a.example']), await authority.issue(['b.example'])];
  const locked = createPrivateKey(one.keyPem).export({
    ...{ type: 'pkcs8', format: 'pem' },
    ...{ cipher: 'aes-256-cbc', passphrase: 'x' },
  });
  const why = (certPem: string, keyPem: string) => {
    try {
      readOwnerCertificate(laidDown(folder, { certPem, keyPem }));
    } catch (error) {
      if (error instanceof HostError && error.code === 'ERR_OPTIONS') return error.message;
      throw error;
    }
    return 'taken';
  };
  expect(why(one.certPem, one.keyPem)).toBe('taken');
  expect(why('', one.keyPem)).toMatch(/^--certificate .*fullchain\.pem: expected a PEM certificate/);
  const cut = `${one.certPem.slice(0, 99)}\n-----END CERTIFICATE-----`;
  expect(why(cut, one.keyPem)).toMatch(/^--certificate .*one of them is broken/);
  expect(why(one.certPem, 'key')).toMatch(/^--certificate-key .*privkey\.pem: expected a private key/);
  expect(why(one.certPem, String(locked))).toMatch(/^--certificate-key .*without a passphrase/);
  expect(why(one.certPem, other.keyPem)).toMatch(/^--certificate .*belongs to another/);
  expect(why(other.certPem + one.certPem, one.keyPem)).toMatch(/^--certificate .*first in the chain/);
  const nowhere = { certificate: join(folder, 'none.pem'), key: join(folder, 'privkey.pem') };
  expect(() => readOwnerCertificate(nowhere)).toThrow(/^--certificate .*none\.pem: cannot be read/);
});

test('a renewed certificate is taken once both of its files fit, and none that is broken or over', async () => {
  const authority = await anAuthority();
  const [first, second] = [await authority.issue(['a.example']), await authority.issue(['a.example'])];
  const files = laidDown(folder, first);
  const { said, log } = aLog();
  const watch = watchOwnerCertificate(files, log, Date.now);
  const shown = () => watch.current()?.certPem.trim();
  watch.look();
  expect([shown(), said]).toEqual([first.certPem, []]);

  writeFileSync(files.certificate, `${second.certPem}\n`);
  watch.look();
  watch.look();
  expect(shown()).toBe(first.certPem);
  expect(said).toEqual(['the new certificate of the owner cannot be used; the one before is kept']);
  writeFileSync(files.key, second.keyPem);
  watch.look();
  expect(shown()).toBe(second.certPem);

  const over = await authority.issue(['a.example'], { toMs: Date.now() - DAY_MS / 2 });
  laidDown(folder, over, ' ');
  watch.look();
  expect(shown()).toBe(second.certPem);
  expect(said.at(-1)).toMatch(/not valid at this time.*the one before is kept/);
});

test('one that is over at start is shown all the same, and told: the clock may be the wrong one', async () => {
  const authority = await anAuthority();
  const files = laidDown(folder, await authority.issue(['a.example']));
  const { said, log } = aLog();
  const in2010 = () => Date.UTC(2010, 0, 1);
  expect(watchOwnerCertificate(files, log, in2010).current()?.names).toEqual(['a.example']);
  expect(said).toEqual([expect.stringMatching(/clock of this machine is wrong/)]);
});

test('a certificate that neither names this machine nor leads to it is warned of', async () => {
  const authority = await anAuthority();
  const owners = readOwnerCertificate(laidDown(folder, await authority.issue(['vitrine.invalid'])));
  expect(await namingProblem(owners, ['192.0.2.2', 'shop-pc'])).toMatch(/vitrine\.invalid.*--name/);
  expect(await namingProblem(owners, ['192.0.2.2', 'vitrine.invalid'])).toBeUndefined();
  expect(await namingProblem(undefined, ['192.0.2.2'])).toBeUndefined();
});
