import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPlatformDatabase } from '../../../../cloud/local/state/open-platform-database.ts';
import { serverCertificate } from '../../../../cloud/local/state/server-certificate.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2027, 0, 15);

let folder: string;
let database: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-certificates-'));
  database = openPlatformDatabase(join(folder, 'platform.db'));
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const issued = (names: readonly string[], now: number) =>
  serverCertificate({ database, caFile: join(folder, 'ca.pem'), names, now });

test('the certificate names this machine and is signed by the authority, which is there for sensors to take', async () => {
  const { caPem, certPem, keyPem, fingerprint } = await issued(['shop.example', '192.168.1.20'], NOW);
  const certificate = new X509Certificate(certPem);
  const authority = new X509Certificate(caPem);
  expect(certificate.verify(authority.publicKey)).toBe(true);
  expect(certificate.checkIssued(authority)).toBe(true);
  expect(certificate.ca).toBe(false);
  expect(authority.ca).toBe(true);
  for (const name of ['localhost', 'shop.example']) expect(certificate.checkHost(name)).toBe(name);
  for (const address of ['127.0.0.1', '::1', '192.168.1.20'])
    expect(certificate.checkIP(address)).toBe(address);
  expect(certificate.checkHost('other.example')).toBeUndefined();
  expect(certificate.fingerprint256).toBe(fingerprint);
  expect(keyPem).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  expect(readFileSync(join(folder, 'ca.pem'), 'utf8')).toBe(caPem);
  expect(statSync(join(folder, 'platform.db')).mode & 0o777).toBe(0o600);
});

test('the authority lives ten years, a server certificate at most 397 days', async () => {
  const { caPem, certPem } = await issued([], NOW);
  const { validFromDate, validToDate } = new X509Certificate(certPem);
  expect(validToDate.getTime() - validFromDate.getTime()).toBeLessThanOrEqual(397 * DAY_MS);
  expect(new X509Certificate(caPem).validToDate.getTime()).toBe(NOW + 3_650 * DAY_MS);
});

test('the certificate stays the same until the names change or its end is near; the authority always', async () => {
  const first = await issued(['shop.example'], NOW);
  expect(await issued(['shop.example'], NOW + 300 * DAY_MS)).toEqual(first);
  const renewed = await issued(['shop.example'], NOW + 350 * DAY_MS);
  expect(renewed.fingerprint).not.toBe(first.fingerprint);
  const renamed = await issued(['other.example'], NOW + 350 * DAY_MS);
  expect(new X509Certificate(renamed.certPem).checkHost('other.example')).toBe('other.example');
  expect(renamed.caPem).toBe(first.caPem);
});

test('a clock that is wrong at first start spoils neither the authority nor, later, the certificate', async () => {
  const wrong = await issued([], Date.UTC(2010, 0, 1));
  const right = await issued([], NOW);
  expect(right.caPem).toBe(wrong.caPem);
  for (const pem of [right.caPem, right.certPem]) {
    const { validFromDate, validToDate } = new X509Certificate(pem);
    expect(validFromDate.getTime()).toBeLessThan(NOW);
    expect(validToDate.getTime()).toBeGreaterThan(NOW + 300 * DAY_MS);
  }
});
