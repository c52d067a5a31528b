import { expect, test } from 'vitest';
import { createServiceTokens } from '../../../../cloud/local/signalr/service-tokens.ts';
import { ACCESS_KEY, HUB, tokenFor } from '../../../support/signalr.ts';

const endpoint = 'http://localhost:7071';
const tokens = createServiceTokens({ accessKey: ACCESS_KEY, endpoint: () => endpoint, now: Date.now });

async function clientWith(claims: Record<string, unknown>) {
  const token = await tokenFor(`${endpoint}/client/?hub=${HUB}`, claims);
  return tokens.clientOf({ token, host: undefined }, HUB);
}

test.for([
  [{ 'asrs.s.coae': 'true', 'asrs.s.aeo': '1700000000' }, { closesAtMs: 1_700_000_000_000 }],
  [{ 'asrs.s.coae': 'True', 'asrs.s.aeo': 1_700_000_000 }, { closesAtMs: 1_700_000_000_000 }],
  [{ 'asrs.s.coae': 'false', 'asrs.s.aeo': '1700000000' }, undefined],
  [{ 'asrs.s.aeo': '1700000000' }, undefined],
  [{ 'asrs.s.coae': 'true', 'asrs.s.aeo': 'soon' }, undefined],
  [{ 'asrs.s.cht': '20' }, { handshakeMs: 20_000 }],
  [{ 'asrs.s.cht': '3600' }, { handshakeMs: 30_000 }],
  [{ 'asrs.s.cht': '-1', 'asrs.s.ttl': '' }, undefined],
  [
    { 'asrs.s.ttl': '20', 'asrs.s.cht': '5' },
    { longestPollMs: 20_000, handshakeMs: 5_000 },
  ],
  [{}, undefined],
] as const)('a token with %j lays down %j', async ([claims, terms]) => {
  const client = await clientWith(claims);
  expect(client).toEqual({ hub: HUB, userId: undefined, claims: {}, ...(terms && { terms }) });
});

test('a token names its user in either way, and carries the claims that are texts', async () => {
  expect(await clientWith({ nameid: 'bo', 'asrs.u.role': 'sign', site: 'madrid', level: 3 })).toEqual({
    hub: HUB,
    userId: 'bo',
    claims: { nameid: 'bo', role: 'sign', site: 'madrid' },
  });
  expect(await clientWith({ 'asrs.s.uid': 'ana', nameid: 'bo' })).toMatchObject({ userId: 'ana' });
  expect(await clientWith({ 'asrs.s.uid': '' })).toMatchObject({ userId: undefined });
});
