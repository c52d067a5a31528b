import { expect, test, vi } from 'vitest';
import { alertKeyOf } from '../../cloud/contracts/alert.ts';
import { auditSchema } from '../../cloud/contracts/audit.ts';
import { fleetSchema } from '../../cloud/contracts/fleet.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { followAsSign } from '../support/following-sign.ts';
import { pushed } from '../support/isolation/shops.ts';

const WITHIN = { timeout: 30_000 };

/** More people than may be inside, as a door and a correction say. */
async function tooMany(cloud: CloudProcess): Promise<void> {
  await cloud.putStore('calle-mayor', calleMayor());
  const made = await cloud.call('POST', API_PATHS.ingestKey('street-1'), {});
  await pushed(cloud, 'street-1', ((await made.json()) as { key: string }).key, { in: 1 });
  await cloud.call('POST', API_PATHS.corrections('calle-mayor'), { kind: 'set', people: 99, by: 'Ana' });
}

test('who stands before a sign answers for its alarm, once and on record, where somebody allowed it', async () => {
  await using cloud = await startCloudProcess(['--demonstration-store-group', 'demo']);
  await tooMany(cloud);
  using sign = await followAsSign(cloud.ready().httpUrl);
  const alarm = () => sign.shown()?.content.alerts.find(({ type }) => type === 'over-capacity');
  const raised = await vi.waitUntil(alarm, WITHIN);
  const asked = { storeId: 'calle-mayor', alertKey: alertKeyOf(raised) };
  const known = async () =>
    fleetSchema
      .parse(await (await cloud.call('GET', API_PATHS.fleet)).json())
      .signs.find(({ report }) => report?.painted?.board === 'manager');
  const { signId } = await vi.waitUntil(known, WITHIN);

  expect(await sign.answer(asked)).toEqual({
    kind: 'refused',
    why: expect.stringContaining('Answering alerts at the sign'),
  });
  expect(alarm()?.acknowledgedBy).toBeNull();

  const settings = { board: 'manager', answering: 'here' };
  await cloud.call('PUT', API_PATHS.fleetSign(signId), { name: 'Passage', settings });
  const told = () => {
    const state = sign.state();
    return state.kind === 'following' && state.sign?.settings?.answering === 'here';
  };
  await vi.waitUntil(told, WITHIN);
  expect(await sign.answer(asked)).toEqual({ kind: 'answered' });
  await vi.waitUntil(() => alarm()?.acknowledgedBy === 'at Passage', WITHIN);
  expect(await sign.answer(asked)).toEqual({ kind: 'answered' });
  const audit = auditSchema.parse(await (await cloud.call('GET', API_PATHS.audit)).json());
  expect(audit.rows.filter(({ act }) => act === 'alert-acknowledged')).toMatchObject([
    { by: 'at Passage', personId: signId, subject: 'store:calle-mayor' },
  ]);

  expect(await sign.answer({ ...asked, storeId: 'gran-via' })).toMatchObject({ kind: 'refused' });
  await cloud.kill();
  expect(await sign.answer(asked)).toEqual({ kind: 'unreachable' });
}, 120_000);
