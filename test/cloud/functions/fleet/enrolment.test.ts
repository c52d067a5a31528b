import { HttpRequest } from '@azure/functions';
import { exportJWK, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import { networkOf } from '../../../../cloud/functions/fleet/peer-address.ts';
import { signs } from '../../../../cloud/functions/signs.ts';
import { type FleetStage, fleetStage } from '../../../support/fleet-stage.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const HOUR_MS = 3_600_000;

onSqlite('enrolment', (database) => {
  const aKey = async () => exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey);
  const enrol = async (stage: FleetStage, peer: string, key?: object) => {
    const { kty, crv, x, y } = (key ?? (await aKey())) as Record<string, string>;
    const request = new HttpRequest({
      method: 'POST',
      url: 'http://vitrine.example/api/signs',
      headers: { 'client-ip': peer },
      body: { string: JSON.stringify({ publicKey: { kty, crv, x, y } }) },
    });
    return (await signs(stage.services)(request)).status ?? 200;
  };
  const crowdedStage = async (address: string) => {
    const stage = await fleetStage(database);
    const publicKey = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;
    await stage.services.store.transaction(async (tx) => {
      for (let number = 0; number < 99; number += 1)
        await tx.signs.enrol({ signId: `s-${number}`, publicKey, atMs: stage.nowMs, address });
    });
    return stage;
  };

  test('is closed to a machine of which a hundred signs wait for a place, and open to every other', async () => {
    const stage = await crowdedStage('203.0.113.9');
    const key = await aKey();
    expect(await enrol(stage, '203.0.113.9:50001', key)).toBe(200);
    expect(await enrol(stage, '203.0.113.9:50002')).toBe(429);
    expect(await enrol(stage, '203.0.113.9:50003', key)).toBe(200);
    expect(await enrol(stage, '203.0.113.10:50004')).toBe(200);
    // None of them ever reported.
    stage.nowMs += HOUR_MS + 1;
    expect(await enrol(stage, '203.0.113.9:50005')).toBe(200);
  });

  test('counts one network of IPv6 as one machine', async () => {
    const stage = await crowdedStage('2001:db8:0:7::1');
    expect(await enrol(stage, '[2001:db8:0:7:ffff::2]:50001')).toBe(200);
    expect(await enrol(stage, '[2001:db8:0:7:ffff::3]:50001')).toBe(429);
    expect(await enrol(stage, '[2001:db8:0:8::1]:50001')).toBe(200);
  });

  test('of signs on the machine of the cloud itself has no such limit', async () => {
    const stage = await crowdedStage('127.0.0.1');
    for (let number = 0; number < 3; number += 1) expect(await enrol(stage, '127.0.0.1')).toBe(200);
  });
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:0DB8::1:2:3:4', '2001:db8:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['fe80::1', 'fe80:0:0:0::/64'],
  ['1::', '1:0:0:0::/64'],
  ['127.0.0.9', null],
  ['::ffff:127.0.0.1', null],
  ['::1', null],
  [null, null],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
