import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCertificates } from '../../../../cloud/local/certificates/start-certificates.ts';
import type { Interfaces } from '../../../../cloud/local/listen-address.ts';
import { openPlatformDatabase } from '../../../../cloud/local/state/open-platform-database.ts';

const DAY_MS = 86_400_000;
const LOOK_EVERY_MS = 20;

let folder: string;
let database: DatabaseSync;
let undo: (() => void)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-certificates-'));
  database = openPlatformDatabase(join(folder, 'platform.db'));
  undo = [];
});
afterEach(() => {
  for (const each of undo.reverse()) each();
  database.close();
  rmSync(folder, { recursive: true });
});

const cable = (...addresses: readonly string[]): Interfaces => ({
  eth0: addresses.map((address) => ({
    ...{
      address,
      netmask: '255.255.255.0',
      mac: '00:00:00:00:00:01',
      internal: false,
      cidr: `${address}/24`,
    },
    family: 'IPv4',
  })),
});

async function started(host: string, names: readonly string[] = []) {
  const world = { interfaces: cable('192.0.2.10'), nowMs: Date.now() };
  const options = {
    ...{ database, dataFolder: folder, hosts: [host], names, lookEveryMs: LOOK_EVERY_MS },
    interfaces: () => world.interfaces,
    now: () => world.nowMs,
    log: pino({ level: 'silent' }),
  };
  const certificates = await startCertificates(options, { undo });
  let changes = 0;
  certificates.onChange(() => {
    changes += 1;
  });
  return {
    world,
    certificates,
    changes: () => changes,
    leaf: () => new X509Certificate(certificates.own().certPem),
  };
}

test('a new address (DHCP) is in the certificate without a restart, and in the names that are answered to', async () => {
  const { world, certificates, changes, leaf } = await started('0.0.0.0', ['vitrine.example']);
  expect(leaf().checkIP('192.0.2.10')).toBe('192.0.2.10');
  expect(leaf().checkHost('vitrine.example')).toBe('vitrine.example');
  const { caPem } = certificates.authority;
  world.interfaces = cable('192.0.2.11');
  await expect.poll(changes).toBe(1);
  expect(leaf().checkIP('192.0.2.11')).toBe('192.0.2.11');
  expect(leaf().verify(new X509Certificate(caPem).publicKey)).toBe(true);
  expect(certificates.names()).toContain('192.0.2.11');
  expect(certificates.names()).not.toContain('192.0.2.10');
});

test('a cable that is pulled and put back costs no certificate', async () => {
  const { world, certificates, changes, leaf } = await started('0.0.0.0');
  const { fingerprint256 } = leaf();
  world.interfaces = {};
  await expect.poll(() => certificates.names()).not.toContain('192.0.2.10');
  world.interfaces = cable('192.0.2.10');
  await expect.poll(() => certificates.names()).toContain('192.0.2.10');
  expect([leaf().fingerprint256, changes()]).toEqual([fingerprint256, 0]);
});

test('the certificate is renewed two months before its end, while the cloud runs', async () => {
  const { world, changes, leaf } = await started('127.0.0.1');
  const { fingerprint256, validToDate } = leaf();
  world.nowMs = validToDate.getTime() - 59 * DAY_MS;
  await expect.poll(changes).toBe(1);
  expect(leaf().fingerprint256).not.toBe(fingerprint256);
});

test('a clock that is set right after the start brings a certificate that is valid', async () => {
  const { world, changes, leaf } = await started('127.0.0.1');
  world.nowMs = Date.UTC(2031, 0, 1);
  await expect.poll(changes).toBe(1);
  expect(leaf().validFromDate.getTime()).toBeLessThan(world.nowMs);
  expect(leaf().validToDate.getTime()).toBeGreaterThan(world.nowMs);
});

test('the authority is shown along, is told as new once, and its file is for all to read', async () => {
  const first = await started('127.0.0.1');
  expect(first.certificates.own().certPem.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  expect(first.certificates.authority.isNew).toBe(true);
  expect(statSync(join(folder, 'ca.pem')).mode & 0o777).toBe(0o644);
  const second = await started('127.0.0.1');
  expect(second.certificates.authority).toEqual({ ...first.certificates.authority, isNew: false });
});
