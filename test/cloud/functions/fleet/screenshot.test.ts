import { expect, test } from 'vitest';
import { fleetMessageSchema } from '../../../../cloud/contracts/fleet.ts';
import type { CommandKind } from '../../../../cloud/contracts/sign-report.ts';
import { MAX_SCREENSHOT_BYTES } from '../../../../cloud/contracts/sign-report.ts';
import { ANNA, BEN, type FleetStage, fleetStage, oneOf } from '../../../support/fleet-stage.ts';
import { refusalOf } from '../../../support/owner-calls.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1]);
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 2]);

onSqlite('a picture of a panel', (database) => {
  const placedSign = async (stage: FleetStage, letter = 'A', storeGroupId = 'mayor') => {
    const sign = await stage.sign(letter);
    await stage.as(ANNA).assignOne(sign.signId, storeGroupId);
    return sign;
  };
  const asked = async (stage: FleetStage, signId: string, kind: CommandKind = 'screenshot') => {
    await stage.as(ANNA).command({ signIds: [signId], kind });
    return oneOf(await stage.as(ANNA).fleet(), signId)?.commands[0]?.commandId ?? '';
  };

  test('is kept until the next one, and shown to whoever may see the sign, as a picture and nothing else', async () => {
    const stage = await fleetStage(database);
    const sign = await placedSign(stage);
    const first = await asked(stage, sign.signId);
    expect((await sign.screenshot(first, JPEG)).status).toBe(200);
    await sign.receipt({ commandId: first, outcome: 'done' });
    stage.nowMs += 60_000;
    const second = await asked(stage, sign.signId);
    await sign.receipt({ commandId: second, outcome: 'received' });
    expect((await sign.screenshot(second, PNG, 'image/png')).status).toBe(200);
    expect(oneOf(await stage.as(ANNA).fleet(), sign.signId)?.screenshotAtMs).toBe(stage.nowMs);

    const picture = await stage.as(ANNA).screenshot(sign.signId);
    expect(picture).toMatchObject({
      status: 200,
      headers: {
        'cache-control': 'no-store',
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
      },
    });
    expect(new Uint8Array(picture.body as Uint8Array)).toEqual(PNG);
    expect(refusalOf(await stage.as(BEN).screenshot(sign.signId))).toMatchObject({
      status: 403,
      code: 'not-allowed',
    });
  });

  test('that nobody asked for is refused, and so is one for a command of another kind, of another sign, or answered already', async () => {
    const stage = await fleetStage(database);
    const [sign, other] = [await placedSign(stage), await placedSign(stage, 'B')];
    const done = await asked(stage, sign.signId);
    await sign.receipt({ commandId: done, outcome: 'failed' });
    const theirs = await asked(stage, other.signId);
    const reload = await asked(stage, sign.signId, 'reload');
    for (const commandId of [done, theirs, reload, 'nonsense', ''])
      expect(refusalOf(await sign.screenshot(commandId, JPEG))).toMatchObject({
        status: 404,
        code: 'unknown-command',
      });
    expect(refusalOf(await stage.as(ANNA).screenshot(sign.signId))).toMatchObject({
      status: 404,
      code: 'unknown-screenshot',
    });
    expect(oneOf(await stage.as(ANNA).fleet(), sign.signId)?.screenshotAtMs).toBeNull();
  });

  test('is spoken of only to those who may see all stores of its sign, in lists and in news', async () => {
    const stage = await fleetStage(database);
    const both = await placedSign(stage, 'A', 'both');
    const theirs = await placedSign(stage, 'B', 'via');
    for (const sign of [both, theirs]) {
      const commandId = await asked(stage, sign.signId);
      await sign.screenshot(commandId, JPEG);
      stage.told.length = 0;
      await sign.receipt({ commandId, outcome: 'done' });
      const news = stage.told.map(({ groupName = '', arguments: [body] }) => {
        const told = fleetMessageSchema.parse(body).sign;
        return `${groupName}: ${'screenshotAtMs' in told}`;
      });
      expect(news.sort()).toEqual(
        sign === both
          ? ['watch: true', 'watch:calle-mayor: false', 'watch:gran-via: false']
          : ['watch: true', 'watch:gran-via: true'],
      );
    }
    const seen = await stage.as(BEN).fleet();
    expect(oneOf(seen, theirs.signId)?.screenshotAtMs).toBe(stage.nowMs);
    expect(oneOf(seen, both.signId)).not.toHaveProperty('screenshotAtMs');
    const owner = { ...BEN, storeIds: ['calle-mayor', 'gran-via'] };
    expect(oneOf(await stage.as(owner).fleet(), both.signId)?.screenshotAtMs).toBe(stage.nowMs);
  });

  test('that is none, or is too large, is refused', async () => {
    const stage = await fleetStage(database);
    const sign = await placedSign(stage);
    const commandId = await asked(stage, sign.signId);
    const heavy = new Uint8Array(MAX_SCREENSHOT_BYTES + 1);
    heavy.set(JPEG);
    expect((await sign.screenshot(commandId, heavy)).status).toBe(413);
    expect((await sign.screenshot(commandId, JPEG, 'text/html')).status).toBe(415);
    expect((await sign.screenshot(commandId, JPEG, 'image/svg+xml')).status).toBe(415);
    expect((await sign.screenshot(commandId, PNG, 'image/jpeg')).status).toBe(400);
    expect((await sign.screenshot(commandId, new Uint8Array())).status).toBe(400);
    expect((await sign.screenshot(commandId, heavy.subarray(0, MAX_SCREENSHOT_BYTES))).status).toBe(200);
  });

  test('of stores of which one is not theirs is shown to nobody of the others: any of them may be in it', async () => {
    const stage = await fleetStage(database);
    const sign = await placedSign(stage, 'A', 'both');
    expect((await sign.screenshot(await asked(stage, sign.signId), JPEG)).status).toBe(200);
    expect((await stage.as(BEN).read(sign.signId)).status).toBe(200);
    expect(refusalOf(await stage.as(BEN).screenshot(sign.signId))).toMatchObject({
      status: 403,
      code: 'not-allowed',
    });
    const both = { ...BEN, storeIds: ['calle-mayor', 'gran-via'] };
    expect((await stage.as(both).screenshot(sign.signId)).status).toBe(200);
  });

  test('that was asked for before the sign was moved or revoked is of the old place, and is not taken after it', async () => {
    const stage = await fleetStage(database);
    const [moved, revoked] = [await placedSign(stage), await placedSign(stage, 'B')];
    const [ofMoved, ofRevoked] = [await asked(stage, moved.signId), await asked(stage, revoked.signId)];
    await moved.receipt({ commandId: ofMoved, outcome: 'received' });
    await stage.as(ANNA).assignOne(moved.signId, 'via');
    await stage.as(ANNA).revoke(revoked.signId);
    expect(refusalOf(await moved.screenshot(ofMoved, JPEG))).toMatchObject({ code: 'unknown-command' });
    expect(refusalOf(await revoked.screenshot(ofRevoked, JPEG))).toMatchObject({ code: 'sign-revoked' });
    expect(refusalOf(await stage.as(BEN).screenshot(moved.signId))).toMatchObject({
      code: 'unknown-screenshot',
    });
    expect(oneOf(await stage.as(ANNA).fleet(), moved.signId)?.commands).toMatchObject([
      { commandId: ofMoved, status: 'failed', why: 'Its place changed before its picture came.' },
    ]);
    expect((await moved.screenshot(await asked(stage, moved.signId), JPEG)).status).toBe(200);
  });

  test('stays with the place when the device is replaced', async () => {
    const stage = await fleetStage(database);
    const sign = await placedSign(stage);
    await sign.screenshot(await asked(stage, sign.signId), JPEG);
    const next = await stage.sign('B');
    await stage.as(ANNA).claim({ code: await next.shownCode(), replaces: sign.signId });
    expect((await stage.as(ANNA).screenshot(next.signId)).status).toBe(200);
    expect(refusalOf(await stage.as(ANNA).screenshot(sign.signId))).toMatchObject({
      code: 'unknown-screenshot',
    });
  });

  test('goes with the sign that is revoked, and does not follow one to other stores', async () => {
    const stage = await fleetStage(database);
    const [sign, moved] = [await placedSign(stage), await placedSign(stage, 'B')];
    for (const one of [sign, moved]) await one.screenshot(await asked(stage, one.signId), JPEG);
    await stage.as(ANNA).revoke(sign.signId);
    await stage.as(ANNA).assignOne(moved.signId, 'via');
    for (const one of [sign, moved])
      expect(refusalOf(await stage.as(ANNA).screenshot(one.signId))).toMatchObject({
        code: 'unknown-screenshot',
      });
  });
});
