import { expect, test } from 'vitest';
import { ANNA, type FleetStage, fleetStage, oneOf, signIdOf } from '../../../support/fleet-stage.ts';
import { onSqlite } from '../../../support/store-engines.ts';

onSqlite('a command', (database) => {
  const commandsOf = async (stage: FleetStage, signId: string) =>
    oneOf(await stage.as(ANNA).fleet(), signId)?.commands;

  test('waits until the sign pulls it, and each sign answers for itself', async () => {
    const stage = await fleetStage(database);
    const [one, other] = await Promise.all([stage.sign('A'), stage.sign('B')]);
    const signIds = [one.signId, other.signId];
    const answer = await stage.as(ANNA).command({ signIds, kind: 'identify', withinSeconds: 60 });
    expect(answer.jsonBody.results).toEqual(signIds.map((signId) => ({ signId, refused: null })));
    // Each is told how many are, so that hundreds do not ask in one instant.
    expect(stage.told.filter(({ target }) => target === 'nudge')).toEqual(
      signIds.map((userId) => ({ target: 'nudge', userId, arguments: [{ signs: 2 }] })),
    );
    expect((await one.heartbeat()).jsonBody).toMatchObject({ commandsWait: true });

    stage.nowMs += 10_000;
    const { commands } = (await one.commands()).jsonBody;
    expect(commands).toMatchObject([{ kind: 'identify', expiresInMs: 50_000 }]);
    const [{ commandId }] = commands;
    stage.told.length = 0;
    expect((await one.receipt({ commandId, outcome: 'received' })).status).toBe(200);
    expect((await one.receipt({ commandId, outcome: 'done' })).status).toBe(200);
    expect(stage.told.map(({ target }) => target)).toEqual(['fleet', 'fleet']);
    // A receipt that comes twice, or of another sign, changes nothing.
    expect((await one.receipt({ commandId, outcome: 'failed' })).status).toBe(200);
    expect((await other.receipt({ commandId, outcome: 'failed' })).status).toBe(200);
    expect(stage.told).toHaveLength(2);

    expect(await commandsOf(stage, one.signId)).toMatchObject([
      { commandId, by: 'Anna', status: 'done', statusAtMs: stage.nowMs },
    ]);
    expect(await commandsOf(stage, other.signId)).toMatchObject([{ status: 'waiting' }]);
    expect((await one.commands()).jsonBody).toEqual({ commands: [] });
    expect((await one.heartbeat()).jsonBody).toMatchObject({ commandsWait: false });
  });

  test('that nobody pulls in time is over', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    await stage.as(ANNA).command({ signIds: [sign.signId], kind: 'restart', withinSeconds: 10 });
    stage.nowMs += 10_000;
    expect((await sign.commands()).jsonBody).toEqual({ commands: [] });
    expect((await sign.heartbeat()).jsonBody).toMatchObject({ commandsWait: false });
    expect(await commandsOf(stage, sign.signId)).toMatchObject([
      {
        kind: 'restart',
        status: 'expired',
        statusAtMs: stage.nowMs,
        why: 'The sign did not ask for it in time.',
      },
    ]);
  });

  test('is written down once for each sign that gets it', async () => {
    const stage = await fleetStage(database);
    const { signId } = await stage.sign('A');
    await stage.as(ANNA).command({ signIds: [signId, signId, signIdOf('B')], kind: 'reload' });
    expect(await stage.audit()).toMatchObject([
      { act: 'sign-commanded', subject: `sign:${signId}`, by: 'Anna', after: { kind: 'reload' } },
    ]);
    expect(await commandsOf(stage, signId)).toHaveLength(1);
  });

  test('is shown with the four before it and no more', async () => {
    const stage = await fleetStage(database);
    const { signId } = await stage.sign('A');
    for (let number = 0; number < 7; number += 1) {
      stage.nowMs += 1_000;
      await stage.as(ANNA).command({ signIds: [signId], kind: 'identify' });
    }
    const commands = await commandsOf(stage, signId);
    expect(commands?.map(({ askedAtMs }) => stage.nowMs - askedAtMs)).toEqual([
      0, 1_000, 2_000, 3_000, 4_000,
    ]);
  });
});
