import { expect, test } from 'vitest';
import {
  CODE_LIFETIME_MS,
  MAX_ALL_WRONG_TRIES,
  MAX_PENDING_CODES,
} from '../../../../cloud/domain/pairing-odds.ts';
import {
  ANNA,
  aHeartbeat,
  aPicture,
  BEN,
  fleetStage,
  oneOf,
  signIdOf,
} from '../../../support/fleet-stage.ts';
import { refusalOf } from '../../../support/owner-calls.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const WRONG = 'BBBBBBBB';

onSqlite('pairing', (database) => {
  test('a sign shows one code until it ends, and then another', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    const code = await sign.shownCode();
    expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
    stage.nowMs += CODE_LIFETIME_MS - 1_000;
    expect((await sign.code()).jsonBody).toMatchObject({
      code,
      expiresInSeconds: 1,
      fingerprint: '0000 0000',
    });
    stage.nowMs += 1_000;
    expect((await stage.as(ANNA).look(code)).status).toBe(404);
    expect(await sign.shownCode()).not.toBe(code);
  });

  test('the glass leads to the console only where another machine reaches it, the code behind the #', async () => {
    const sign = await (await fleetStage(database)).sign('A');
    const code = await sign.shownCode();
    expect((await sign.code('https://[::1]:7071/api')).jsonBody).toMatchObject({ consoleUrl: null });
    expect((await sign.code('https://shop.lan:7071/api/pairing/code')).jsonBody).toMatchObject({
      consoleUrl: `https://shop.lan:7071/console/pair#code=${code}`,
    });
  });

  test('no more codes are given out than may wait at once', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    const letters = 'BCDFGHJKLM';
    await stage.services.store.transaction(async (tx) => {
      for (let number = 0; number < MAX_PENDING_CODES; number += 1) {
        const code = `ZZZZZ${[...String(number).padStart(3, '0')].map((digit) => letters[Number(digit)]).join('')}`;
        await tx.pairing.put({ signId: `s-${number}`, code, expiresAtMs: stage.nowMs + 5_000 }, stage.nowMs);
      }
    });
    expect(await sign.code()).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
    stage.nowMs += 5_000;
    expect((await sign.code()).status).toBe(200);
  });

  test('one machine holds at most twenty codes, and a sign elsewhere still gets one', async () => {
    const stage = await fleetStage(database);
    const publicKey = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;
    await stage.services.store.transaction(async (tx) => {
      const enrol = (signId: string, address: string) =>
        tx.signs.enrol({ signId, publicKey, atMs: stage.nowMs, address });
      for (let number = 0; number < 20; number += 1) {
        const signId = `s-${number}`;
        await enrol(signId, `2001:db8:0:7::${number + 1}`);
        const letters = 'BCDFGHJKLM';
        const code = `ZZZZZZ${[...String(number).padStart(2, '0')].map((digit) => letters[Number(digit)]).join('')}`;
        await tx.pairing.put({ signId, code, expiresAtMs: stage.nowMs + 5_000 }, stage.nowMs);
      }
      await enrol(signIdOf('A'), '2001:DB8:0:7:a::99');
      await enrol(signIdOf('B'), '2001:db8:0:8::1');
    });
    const [crowded, other] = [await stage.sign('A'), await stage.sign('B')];
    // It may say where it is by now: it counts where it enrolled.
    await crowded.heartbeat(aHeartbeat({ painted: null }));
    expect(await crowded.code()).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
    expect((await other.code()).status).toBe(200);
    stage.nowMs += 5_000;
    expect((await crowded.code()).status).toBe(200);
  });

  test('a person looks at a code and sees which sign it is', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    const code = await sign.shownCode();
    await sign.heartbeat(aHeartbeat({ painted: aPicture({ kind: 'unassigned', storeGroupId: null }) }));
    const typed = `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase();
    expect((await stage.as(BEN).look(typed)).jsonBody).toEqual({
      signId: sign.signId,
      fingerprint: '0000 0000',
      expiresInSeconds: 600,
      about: aHeartbeat().about,
      address: '192.0.2.7',
      heardAtMs: stage.nowMs,
    });
  });

  test('a claimed sign has its name, place and settings at once, and its code works no more', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    const code = await sign.shownCode();
    const claim = { code, name: 'Entrance', storeGroupId: 'via', settings: { board: 'door' } };
    const answer = await stage.as(BEN).claim(claim);
    expect(answer).toMatchObject({ status: 200, jsonBody: { signId: sign.signId, storeGroupId: 'via' } });
    expect(stage.placed.get(sign.signId)).toEqual(['group:via']);
    expect(stage.told).toContainEqual({
      target: 'assignment',
      userId: sign.signId,
      arguments: [{ storeGroupId: 'via' }],
    });
    expect(new Set(stage.told.map(({ target, groupName }) => `${target} ${groupName}`))).toEqual(
      new Set(['assignment undefined', 'nudge undefined', 'fleet watch', 'fleet watch:gran-via']),
    );
    expect((await stage.as(BEN).claim(claim)).status).toBe(404);
    expect((await sign.code()).status).toBe(409);
    expect(oneOf(await stage.as(BEN).fleet(), sign.signId)).toMatchObject({
      name: 'Entrance',
      storeGroupId: 'via',
      settings: { board: 'door' },
    });
    expect(await stage.audit()).toMatchObject([
      { act: 'sign-paired', subject: `sign:${sign.signId}`, by: 'Ben', personId: BEN.personId, before: null },
    ]);
  });

  test('the code of a sign that was placed another way is void', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    const code = await sign.shownCode();
    await stage.as(ANNA).assignOne(sign.signId, 'mayor');
    await stage.as(ANNA).assignOne(sign.signId, null);
    expect((await stage.as(ANNA).look(code)).status).toBe(404);
    expect(await sign.shownCode()).not.toBe(code);
  });

  test('nobody gives a sign a place that is not wholly theirs, and the code stays good', async () => {
    const stage = await fleetStage(database);
    const code = await (await stage.sign('A')).shownCode();
    const claim = { code, name: 'Entrance' };
    expect(await stage.as(BEN).claim({ ...claim, storeGroupId: 'mayor' })).toMatchObject({ status: 403 });
    expect(await stage.as(BEN).claim({ ...claim, storeGroupId: 'both' })).toMatchObject({ status: 403 });
    expect(await stage.as(BEN).claim({ ...claim, storeGroupId: 'nowhere' })).toMatchObject({ status: 404 });
    expect(await stage.audit()).toEqual([]);
    expect((await stage.as(BEN).claim({ ...claim, storeGroupId: 'via' })).status).toBe(200);
  });

  test('after five wrong codes in a minute not even the right one is heard, until the minute is over', async () => {
    const stage = await fleetStage(database);
    const code = await (await stage.sign('A')).shownCode();
    const messages: string[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      const { status, detail } = refusalOf(await stage.as(BEN).look(WRONG));
      expect(status).toBe(404);
      messages.push(detail);
    }
    expect(messages).toEqual([
      'no sign shows this code: 4 tries are left this minute',
      'no sign shows this code: 3 tries are left this minute',
      'no sign shows this code: 2 tries are left this minute',
      'no sign shows this code: 1 try is left this minute',
      'no sign shows this code: wait a minute',
    ]);
    expect(await stage.as(BEN).look(code)).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
    const claim = { code, name: 'Entrance', storeGroupId: 'via' };
    expect((await stage.as(BEN).claim(claim)).status).toBe(429);
    expect((await stage.as(ANNA).look(code)).status).toBe(200);
    stage.nowMs += 60_001;
    expect((await stage.as(BEN).claim(claim)).status).toBe(200);
  });

  test('all people together try at most a hundred wrong codes a minute', async () => {
    const stage = await fleetStage(database);
    const code = await (await stage.sign('A')).shownCode();
    await stage.services.store.transaction(async (tx) => {
      for (let tries = 0; tries < MAX_ALL_WRONG_TRIES; tries += 1)
        await tx.pairing.addWrongTry({ who: `p-${tries}`, atMs: stage.nowMs, sinceMs: 0 });
    });
    expect((await stage.as(ANNA).look(code)).status).toBe(429);
  });

  test('a sign that replaces another has its name, group, settings and what it is to do', async () => {
    const stage = await fleetStage(database);
    const old = await stage.sign('A');
    await stage.as(ANNA).assignOne(old.signId, 'via');
    await stage
      .as(ANNA)
      .describe(old.signId, { name: 'Entrance', settings: { board: 'door', theme: 'light' } });
    await stage.as(BEN).command({ signIds: [old.signId], kind: 'identify' });
    const young = await stage.sign('B');
    const code = await young.shownCode();
    stage.told.length = 0;
    const answer = await stage.as(BEN).claim({ code, replaces: old.signId });
    expect(answer).toMatchObject({ status: 200, jsonBody: { signId: young.signId, storeGroupId: 'via' } });

    const { signs } = await stage.as(BEN).fleet();
    expect(signs).toMatchObject([
      {
        signId: young.signId,
        name: 'Entrance',
        storeGroupId: 'via',
        settings: { board: 'door', theme: 'light' },
        commands: [{ kind: 'identify', status: 'waiting' }],
      },
    ]);
    expect((await young.commands()).jsonBody).toMatchObject({ commands: [{ kind: 'identify' }] });
    expect(stage.placed).toEqual(
      new Map([
        [old.signId, []],
        [young.signId, ['group:via']],
      ]),
    );
    expect(stage.closed).toEqual([old.signId]);
    expect(await old.heartbeat()).toMatchObject({ status: 403 });
    expect((await stage.as(ANNA).read(old.signId)).jsonBody).toMatchObject({
      signs: [{ replacedBy: young.signId, storeGroupId: null, commands: [] }],
    });
    expect((await stage.audit())[0]).toMatchObject({
      act: 'sign-replaced',
      subject: `sign:${old.signId}`,
      before: { signId: old.signId, name: 'Entrance', storeGroupId: 'via' },
      after: { signId: young.signId, name: 'Entrance', storeGroupId: 'via' },
    });
    expect((await stage.as(BEN).claim({ code, replaces: old.signId })).status).toBe(404);
  });

  test('those who watch the stores of a sign that is replaced hear that the old device is gone', async () => {
    const stage = await fleetStage(database);
    const old = await stage.sign('A');
    await stage.as(ANNA).assignOne(old.signId, 'via');
    const code = await (await stage.sign('B')).shownCode();
    stage.told.length = 0;
    await stage.as(BEN).claim({ code, replaces: old.signId });
    const told = stage.told.filter(({ groupName }) => groupName === 'watch:gran-via');
    expect(told.map(({ arguments: [body] }) => body)).toMatchObject([
      { sign: { signId: signIdOf('B'), storeGroupId: 'via' } },
      { sign: { signId: old.signId, storeGroupId: null, revokedAtMs: stage.nowMs } },
    ]);
  });

  test('a sign is not replaced by somebody to whom its group does not wholly belong', async () => {
    const stage = await fleetStage(database);
    const old = await stage.sign('A');
    await stage.as(ANNA).assignOne(old.signId, 'both');
    const code = await (await stage.sign('B')).shownCode();
    expect((await stage.as(BEN).claim({ code, replaces: old.signId })).status).toBe(403);
    expect((await stage.as(ANNA).claim({ code, replaces: signIdOf('C') })).status).toBe(404);
    expect((await old.heartbeat()).status).toBe(200);
  });

  test('a place that the push service did not hear of is kept, and it is said what to do', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    const code = await sign.shownCode();
    stage.pushIsDown = true;
    expect((await stage.as(ANNA).claim({ code, name: 'Entrance', storeGroupId: 'via' })).status).toBe(503);
    stage.pushIsDown = false;
    expect((await stage.as(ANNA).assignOne(sign.signId, 'via')).status).toBe(200);
    expect(stage.placed.get(sign.signId)).toEqual(['group:via']);
    expect((await stage.audit()).map(({ act }) => act)).toEqual(['sign-paired']);
  });
});
