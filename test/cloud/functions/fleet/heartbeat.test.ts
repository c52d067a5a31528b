import { expect, test } from 'vitest';
import { fleetMessageSchema } from '../../../../cloud/contracts/fleet.ts';
import {
  ANNA,
  aHeartbeat,
  aPicture,
  BEN,
  type FleetStage,
  fleetStage,
  oneOf,
  signIdOf,
} from '../../../support/fleet-stage.ts';
import { refusalOf } from '../../../support/owner-calls.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const MINUTE_MS = 60_000;

onSqlite('the report of a sign', (database) => {
  const placedSign = async (stage: FleetStage, letter = 'A', storeGroupId = 'mayor') => {
    const sign = await stage.sign(letter);
    await stage.as(ANNA).assignOne(sign.signId, storeGroupId);
    stage.told.length = 0;
    return sign;
  };
  const toldApps = (stage: FleetStage) =>
    stage.told.map(({ arguments: [body] }) => fleetMessageSchema.parse(body).sign.report?.about.app);
  const fleetGroups = (stage: FleetStage) =>
    stage.told.filter(({ target }) => target === 'fleet').map(({ groupName }) => groupName);

  test('is kept with the state that follows from it, and answered with its name and settings', async () => {
    const stage = await fleetStage(database);
    const sign = await placedSign(stage);
    await stage.as(ANNA).describe(sign.signId, { name: 'Entrance', settings: { board: 'door' } });
    await sign.connected('c1');
    expect(await sign.heartbeat()).toMatchObject({
      status: 200,
      jsonBody: { name: 'Entrance', settings: { board: 'door' }, commandsWait: false },
    });
    expect(oneOf(await stage.as(ANNA).fleet(), sign.signId)).toMatchObject({
      state: 'fresh',
      stateSinceMs: stage.nowMs,
      stateUntilMs: stage.nowMs + 150_000,
      confirmed: true,
      connections: 1,
      heardAtMs: stage.nowMs,
      report: aHeartbeat(),
    });
  });

  test('is told to those who watch its stores, and only when they would see a change', async () => {
    const stage = await fleetStage(database);
    const sign = await placedSign(stage, 'A', 'both');
    await sign.connected('c1');
    const picture = aPicture({ storeGroupId: 'both' });
    await sign.heartbeat(aHeartbeat({ painted: picture }));
    expect(fleetGroups(stage)).toEqual(['watch', 'watch:calle-mayor', 'watch:gran-via']);
    expect(stage.told.at(-1)?.arguments).toMatchObject([
      { nowMs: stage.nowMs, sign: { signId: sign.signId, state: 'fresh' } },
    ]);

    stage.told.length = 0;
    stage.nowMs += MINUTE_MS;
    await sign.heartbeat(
      aHeartbeat({ painted: { ...picture, revision: 2, ageMs: 900, freshness: 'ageing' }, upForMs: 61_000 }),
    );
    expect(stage.told).toEqual([]);

    await sign.heartbeat(aHeartbeat({ painted: { ...picture, freshness: 'stale' } }));
    expect(fleetGroups(stage)).toHaveLength(3);
    // Silent for so long that it went dark meanwhile, it is fresh since now.
    stage.nowMs += 60 * MINUTE_MS;
    await sign.heartbeat(aHeartbeat({ painted: picture }));
    expect(oneOf(await stage.as(ANNA).fleet(), sign.signId)).toMatchObject({
      state: 'fresh',
      stateSinceMs: stage.nowMs,
    });
  });

  test('of a sign without a place is told to people at once, and then at most each half minute, however often it changes', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    const says = (app: string) =>
      sign.heartbeat(aHeartbeat({ about: { ...aHeartbeat().about, app }, painted: null }));
    const startMs = stage.nowMs;
    for (let second = 0; second < 60; second += 1) {
      stage.nowMs = startMs + second * 1_000;
      await says(`1.0.${second}`);
    }
    expect(toldApps(stage)).toEqual(['1.0.0', '1.0.30']);

    // What was held back is not lost.
    stage.nowMs = startMs + 90_000;
    await says('1.0.59');
    expect(toldApps(stage)).toEqual(['1.0.0', '1.0.30', '1.0.59']);
    stage.nowMs += 30_000;
    await says('1.0.59');
    expect(toldApps(stage)).toHaveLength(3);
  });

  test('of a placed sign tells its state at once, and what else is seen of it at most each five seconds', async () => {
    const stage = await fleetStage(database);
    const sign = await placedSign(stage);
    await sign.connected('c1');
    const says = (app: string, freshness: 'live' | 'stale' = 'live') =>
      sign.heartbeat(aHeartbeat({ about: { ...aHeartbeat().about, app }, painted: aPicture({ freshness }) }));
    await says('1');
    await says('2');
    await says('3', 'stale');
    stage.nowMs += 4_999;
    await says('4', 'stale');
    expect(toldApps(stage)).toEqual(['1', '1', '3', '3']);
    stage.nowMs += 1;
    await says('4', 'stale');
    expect(toldApps(stage).slice(4)).toEqual(['4', '4']);
  });

  test('is believed for a while only: then its figure may still stand, and then nothing', async () => {
    const stage = await fleetStage(database);
    const sign = await placedSign(stage);
    await sign.connected('c1');
    const heardAtMs = stage.nowMs;
    await sign.heartbeat(aHeartbeat({ painted: aPicture({ leaseMs: 200_000 }) }));
    const stateAfter = async (ms: number) => {
      stage.nowMs = heardAtMs + ms;
      return oneOf(await stage.as(ANNA).fleet(), sign.signId)?.state;
    };
    expect(await stateAfter(149_999)).toBe('fresh');
    expect(await stateAfter(150_000)).toBe('still');
    expect(await stateAfter(200_000)).toBe('dark');
  });

  test('of its old place says nothing of its new one', async () => {
    const stage = await fleetStage(database);
    const sign = await placedSign(stage);
    await sign.connected('c1');
    await sign.heartbeat();
    stage.nowMs += 30_000;
    await stage.as(ANNA).assignOne(sign.signId, 'via');
    expect(oneOf(await stage.as(ANNA).fleet(), sign.signId)).toMatchObject({
      state: 'unknown',
      confirmed: false,
    });
    stage.nowMs += 10_000;
    expect(oneOf(await stage.as(ANNA).fleet(), sign.signId)).toMatchObject({
      state: 'stale',
      why: 'It shows another group than it is assigned to.',
    });
    await sign.heartbeat(aHeartbeat({ painted: aPicture({ storeGroupId: 'via', storeId: 'gran-via' }) }));
    expect(oneOf(await stage.as(ANNA).fleet(), sign.signId)).toMatchObject({
      state: 'fresh',
      confirmed: true,
    });
  });

  test('is refused where it is no report, too large, or of nobody', async () => {
    const stage = await fleetStage(database);
    const sign = await placedSign(stage);
    expect(refusalOf(await sign.heartbeat({}))).toMatchObject({ status: 400, field: 'about' });
    expect(refusalOf(await sign.heartbeat({ padding: 'x'.repeat(20_000) })).status).toBe(413);
    await stage.services.store.transaction((tx) => tx.signs.assign(sign.signId, null));
    await stage.services.store.transaction((tx) => tx.signs.forgetUnassigned(stage.nowMs + 1));
    expect(refusalOf(await sign.heartbeat())).toMatchObject({ status: 404, code: 'unknown-sign' });
  });
});

onSqlite('the fleet', (database) => {
  test('is to a person the signs of each group that holds a store of theirs', async () => {
    const stage = await fleetStage(database);
    for (const [letter, group] of [
      ['A', 'mayor'],
      ['B', 'via'],
      ['C', 'both'],
      ['D', null],
    ] as const) {
      const { signId } = await stage.sign(letter);
      if (group !== null) await stage.as(ANNA).assignOne(signId, group);
    }
    const seenBy = async (who: typeof BEN) =>
      (await stage.as(who).fleet()).signs.map(({ signId }) => signId[2]).sort();
    expect(await seenBy(ANNA)).toEqual(['A', 'B', 'C', 'D']);
    expect(await seenBy(BEN)).toEqual(['B', 'C']);
    const statuses = async (who: typeof BEN) =>
      Promise.all(
        ['A', 'B', 'C', 'D', 'E'].map(async (letter) => (await stage.as(who).read(signIdOf(letter))).status),
      );
    expect(await statuses(ANNA)).toEqual([200, 200, 200, 200, 404]);
    expect(await statuses(BEN)).toEqual([403, 200, 200, 403, 404]);
  });

  test('is changed by a person only where all stores of the group are theirs, and each change is written down once', async () => {
    const stage = await fleetStage(database);
    const [mayor, via, both, none] = await Promise.all(
      ['A', 'B', 'C', 'D'].map((letter) => stage.sign(letter)),
    );
    const ids = [mayor, via, both, none].map((sign) => sign?.signId ?? '');
    for (const [at, group] of ['mayor', 'via', 'both'].entries())
      await stage.as(ANNA).assignOne(ids[at] ?? '', group);
    const before = (await stage.audit()).length;
    expect(before).toBe(3);

    const description = { name: 'Entrance', settings: { board: 'manager' } };
    const ben = stage.as(BEN);
    for (const signId of [ids[0], ids[2], ids[3]] as string[]) {
      expect(refusalOf(await ben.describe(signId, description))).toMatchObject({
        status: 403,
        code: 'not-allowed',
      });
      expect(refusalOf(await ben.revoke(signId))).toMatchObject({ status: 403, code: 'not-allowed' });
      expect(refusalOf(await ben.assignOne(signId, 'via'))).toMatchObject({
        status: 403,
        code: 'not-allowed',
      });
    }
    expect((await ben.assignOne(ids[1] ?? '', 'both')).status).toBe(403);
    expect((await ben.assign({ signIds: ids, storeGroupId: 'both' })).status).toBe(403);
    const refused = [
      'not all stores of this group are yours',
      null,
      'not all stores of this group are yours',
      'not all stores of this group are yours',
    ];
    const results = ids.map((signId, at) => ({ signId, refused: refused[at] }));
    expect((await ben.command({ signIds: ids, kind: 'reload' })).jsonBody).toEqual({ results });
    expect((await ben.assign({ signIds: ids, storeGroupId: null })).jsonBody).toEqual({ results });
    expect((await ben.describe(ids[1] ?? '', description)).status).toBe(403);
    expect((await stage.audit()).slice(0, -before).map(({ act, subject }) => `${act} ${subject}`)).toEqual([
      `sign-assigned sign:${ids[1]}`,
      `sign-commanded sign:${ids[1]}`,
    ]);
  });

  test('is named and set by a person, and the sign is nudged to ask', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    await stage.as(ANNA).assignOne(sign.signId, 'via');
    stage.told.length = 0;
    await stage.as(BEN).describe(sign.signId, { name: ' Entrance ', settings: { language: 'es' } });
    const settings = { board: 'manager', language: 'es' };
    expect((await sign.heartbeat()).jsonBody).toMatchObject({ name: 'Entrance', settings });
    expect(stage.told[0]).toEqual({ target: 'nudge', userId: sign.signId, arguments: [] });
    expect((await stage.audit())[0]).toMatchObject({
      act: 'sign-described',
      before: { name: '', settings: { board: 'manager' } },
      after: { name: 'Entrance', settings },
    });
  });

  test('moves to another group in one go; of each sign it is said what became of it', async () => {
    const stage = await fleetStage(database);
    const signs = await Promise.all([...'ABCDEFGHIJKLMNOPQRSTUVWXY'].map((letter) => stage.sign(letter)));
    const signIds = signs.map(({ signId }) => signId);
    const [first = '', second = ''] = signIds;
    await stage.as(ANNA).assignOne(first, 'via');
    await stage.as(ANNA).revoke(second);
    const before = (await stage.audit()).length;
    stage.told.length = 0;
    const answer = await stage
      .as(ANNA)
      .assign({ signIds: [...signIds, signIdOf('Z'), first], storeGroupId: 'via' });
    const refusals: Record<string, string> = {
      [second]: 'this sign was revoked',
      [signIdOf('Z')]: 'no such sign',
    };
    expect(answer.jsonBody).toEqual({
      results: [...signIds, signIdOf('Z')].map((signId) => ({ signId, refused: refusals[signId] ?? null })),
    });
    for (const signId of signIds)
      expect(stage.placed.get(signId)).toEqual(signId === second ? [] : ['group:via']);
    expect(stage.told.filter(({ target }) => target === 'assignment')).toHaveLength(signIds.length - 1);
    // One row a sign that changed: one was there already, and one is revoked.
    expect(await stage.audit()).toHaveLength(before + signIds.length - 2);

    stage.pushIsDown = true;
    const [result] = (await stage.as(ANNA).assign({ signIds: [first], storeGroupId: 'mayor' })).jsonBody
      .results;
    expect(result).toEqual({
      signId: first,
      refused: 'its place is kept, the push service does not know it yet: assign it again',
    });
    expect((await stage.as(ANNA).assign({ signIds, storeGroupId: 'nowhere' })).status).toBe(404);
  });

  test('tells those who watch the group that a sign leaves that it left, and not where it went', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    await stage.as(ANNA).assignOne(sign.signId, 'mayor');
    await sign.heartbeat();
    await stage.as(ANNA).command({ signIds: [sign.signId], kind: 'identify' });
    stage.told.length = 0;
    await stage.as(ANNA).assignOne(sign.signId, 'via');
    const told = (group: string) => stage.told.find(({ groupName }) => groupName === group)?.arguments;
    const { signId } = sign;
    expect(told('watch:gran-via')).toMatchObject([{ sign: { signId, storeGroupId: 'via' } }]);
    expect(told('watch:calle-mayor')).toMatchObject([
      { sign: { signId, storeGroupId: null, report: null, commands: [], why: '' } },
    ]);
  });

  test('tells those who watch the group that a sign leaves, and those of its new one', async () => {
    const stage = await fleetStage(database);
    const { signId } = await stage.sign('A');
    await stage.as(ANNA).assignOne(signId, 'mayor');
    stage.told.length = 0;
    await stage.as(ANNA).assign({ signIds: [signId], storeGroupId: 'via' });
    const told = stage.told.filter(({ target }) => target === 'fleet');
    expect(told.map(({ groupName }) => groupName)).toEqual(['watch', 'watch:gran-via', 'watch:calle-mayor']);
  });
});
