import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { startClientCloud } from '../../support/client-cloud.ts';
import { aProof, aSnapshot } from '../../support/client-snapshots.ts';
import { follow, shownIn } from '../../support/followed-states.ts';

const oneStore = () => ({ storeGroupId: 'spain', groups: { spain: [aSnapshot()] } });

test('a sign shows the stores of its group once it is connected, in the order of the cloud', async () => {
  const spain = [aSnapshot({ storeId: 'north', revision: 3 }), aSnapshot({ storeId: 'east', revision: 8 })];
  await using cloud = await startClientCloud({ storeGroupId: 'spain', groups: { spain } });
  using sign = await follow(cloud.url);
  await sign.shows('north 3, east 8');
  expect(sign.last()).toMatchObject({ kind: 'following', storeGroupId: 'spain', link: 'up' });
});

test('a push changes what a sign shows, and an older one does not', async () => {
  await using cloud = await startClientCloud(oneStore());
  using sign = await follow(cloud.url);
  await sign.shows('north 1');
  cloud.push('spain', aSnapshot({ revision: 5 }));
  await sign.shows('north 5');
  cloud.push('spain', aSnapshot({ revision: 4 }));
  cloud.push('spain', aSnapshot({ revision: 6 }));
  await sign.shows('north 6');
  expect(new Set(sign.states.map(shownIn).filter(Boolean))).toEqual(
    new Set(['north 1', 'north 5', 'north 6']),
  );
  expect(cloud.callsTo('/api/snapshots')).toBe(1);
});

test('a proof renews the age of a figure without a pull; one of a newer figure makes the sign fetch it', async () => {
  await using cloud = await startClientCloud({
    storeGroupId: 'spain',
    groups: { spain: [aSnapshot({ ageMs: 60_000 })] },
  });
  using sign = await follow(cloud.url);
  await sign.shows('north 1');
  cloud.pushProof('spain', aProof({ ageMs: 7 }));
  const ageMs = () => {
    const last = sign.last();
    return last?.kind === 'following' ? last.stores[0]?.proof.ageMs : undefined;
  };
  await expect.poll(ageMs).toBeLessThan(60_000);
  expect(cloud.callsTo('/api/snapshots')).toBe(1);

  cloud.truth.groups.spain = [aSnapshot({ revision: 2 })];
  cloud.pushProof('spain', aProof({ revision: 2 }));
  await sign.shows('north 2');
});

test('a sign that stood still shows what waited for it as old as it is, and pulls', async () => {
  await using cloud = await startClientCloud(oneStore());
  let stoodStillMs = 0;
  const now = () => ({
    monotonicMs: performance.now() + stoodStillMs,
    wallMs: Date.now() + stoodStillMs,
  });
  using sign = await follow(cloud.url, { now });
  await sign.shows('north 1');
  stoodStillMs = 25_000;
  cloud.push('spain', aSnapshot({ revision: 2 }));
  await sign.shows('north 2');
  const shown = sign.states.find((state) => shownIn(state) === 'north 2');
  const ageMs = shown?.kind === 'following' ? shown.stores[0]?.proof.ageMs : undefined;
  expect(ageMs).toBeGreaterThanOrEqual(stoodStillMs);
  await expect.poll(() => cloud.callsTo('/api/snapshots')).toBe(2);
});

test('garbage pushed to a sign costs few pulls and nothing else', async () => {
  await using cloud = await startClientCloud(oneStore());
  using sign = await follow(cloud.url);
  await sign.shows('north 1');
  for (let count = 0; count < 500; count += 1) {
    cloud.send('snapshot', { content: count });
    cloud.send('proof', null);
    cloud.send('assignment');
    cloud.send('no such target', count);
  }
  await expect.poll(() => cloud.callsTo('/api/snapshots')).toBeGreaterThan(1);
  cloud.push('spain', aSnapshot({ revision: 2 }));
  await sign.shows('north 2');
  expect(cloud.callsTo('/api/snapshots')).toBeLessThan(10);
  expect(cloud.callsTo('upgrade')).toBe(1);
});

test('a sign without a place waits under its id, and shows its stores as soon as it is given one', async () => {
  await using cloud = await startClientCloud({ storeGroupId: null, groups: { spain: [aSnapshot()] } });
  using sign = await follow(cloud.url);
  const unassigned = { kind: 'unassigned', signId: sign.signId, link: 'up' };
  await expect.poll(sign.last).toMatchObject(unassigned);
  await cloud.assign('spain');
  await sign.shows('north 1');
  const following = sign.states.filter(({ kind }) => kind === 'following');
  expect(following.every((state) => shownIn(state) !== '')).toBe(true);
  await cloud.assign(null);
  await expect.poll(sign.last).toMatchObject(unassigned);
});

test('a sign that is moved shows nothing of its old group from that moment, whatever is on its way', async () => {
  const groups = { spain: [aSnapshot()], france: [aSnapshot({ storeId: 'paris', revision: 7 })] };
  await using cloud = await startClientCloud({ storeGroupId: 'spain', groups });
  using sign = await follow(cloud.url);
  await sign.shows('north 1');

  const held: ServerResponse[] = [];
  cloud.instead.request = (request, response) => request.url === '/api/snapshots' && held.push(response) > 0;
  cloud.pushProof('spain', aProof({ revision: 2 }));
  await expect.poll(() => held.length).toBe(1);
  await cloud.assign('france');
  await expect.poll(sign.last).toMatchObject({ kind: 'following', storeGroupId: 'france', stores: [] });
  const movedAt = sign.states.length;

  cloud.instead.request = () => false;
  const late = { storeGroupId: 'spain', snapshots: [aSnapshot({ revision: 2 })] };
  held[0]?.end(JSON.stringify(late));
  await sign.shows('paris 7');
  expect(sign.states.slice(movedAt).every((state) => !shownIn(state).includes('north'))).toBe(true);
});

test('a move whose push was lost is found by the safety poll', async () => {
  const groups = { spain: [aSnapshot()], france: [aSnapshot({ storeId: 'paris' })] };
  await using cloud = await startClientCloud({ storeGroupId: 'spain', groups });
  using sign = await follow(cloud.url, { timings: { pollMinMs: 100, pollMaxMs: 200 } });
  await sign.shows('north 1');
  await cloud.assign('france', { tell: false });
  await sign.shows('paris 1');
});

test('a session that expired is renewed on the open connection', async () => {
  await using cloud = await startClientCloud(oneStore());
  using sign = await follow(cloud.url);
  await sign.shows('north 1');
  cloud.expireSessions();
  cloud.truth.groups.spain = [aSnapshot({ revision: 2 })];
  cloud.pushProof('spain', aProof({ revision: 2 }));
  await sign.shows('north 2');
  expect(cloud.callsTo('/api/negotiate')).toBe(2);
  expect(cloud.callsTo('upgrade')).toBe(1);
  expect(sign.states.some((state) => state.kind === 'following' && state.link === 'down')).toBe(false);
});

test('a listener that throws is heard of, and the sign follows on', async () => {
  await using cloud = await startClientCloud(oneStore());
  const thrown: unknown[] = [];
  const onState = vi.fn().mockImplementationOnce(() => {
    throw new Error('cannot draw');
  });
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.once('uncaughtException', (error) => {
    thrown.push(error);
    for (const listener of listeners) process.on('uncaughtException', listener);
  });
  using _sign = await follow(cloud.url, { onState });
  await expect.poll(() => thrown.length).toBe(1);
  cloud.push('spain', aSnapshot({ revision: 2 }));
  await expect.poll(() => shownIn(onState.mock.lastCall?.[0])).toBe('north 2');
});
