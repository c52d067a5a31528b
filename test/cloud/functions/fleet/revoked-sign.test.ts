import { HttpRequest, InvocationContext } from '@azure/functions';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import { publicKeySchema, SIGN_HEADER } from '../../../../cloud/contracts/sign.ts';
import { negotiate } from '../../../../cloud/functions/negotiate.ts';
import { presence } from '../../../../cloud/functions/presence.ts';
import { signs } from '../../../../cloud/functions/signs.ts';
import { requestTo } from '../../../support/cloud-on-store.ts';
import { ANNA, BEN, fleetStage } from '../../../support/fleet-stage.ts';
import { refusalOf } from '../../../support/owner-calls.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const REVOKED = { status: 403, code: 'sign-revoked' };

onSqlite('a revoked sign', (database) => {
  const revokedSign = async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    await stage.as(ANNA).assignOne(sign.signId, 'via');
    stage.told.length = 0;
    expect((await stage.as(ANNA).revoke(sign.signId)).status).toBe(200);
    return { stage, sign };
  };

  test('is out of its group, cut from the hub, and told to clear its glass', async () => {
    const { stage, sign } = await revokedSign();
    expect(stage.placed.get(sign.signId)).toEqual([]);
    expect(stage.closed).toEqual([sign.signId]);
    expect(stage.told.map(({ target, groupName }) => `${target} ${groupName}`)).toEqual([
      'assignment undefined',
      'fleet watch',
      'fleet watch:gran-via',
    ]);
    expect((await stage.as(ANNA).fleet()).signs).toEqual([]);
    expect((await stage.audit())[0]).toMatchObject({
      act: 'sign-revoked',
      subject: `sign:${sign.signId}`,
      before: { storeGroupId: 'via' },
      after: null,
    });
  });

  test('is refused wherever it knocks, whatever session it holds', async () => {
    const { stage, sign } = await revokedSign();
    const commandId = 'c-1';
    for (const answer of [
      sign.heartbeat(),
      sign.code(),
      sign.commands(),
      sign.receipt({ commandId, outcome: 'done' }),
      sign.snapshots(),
      sign.challenge(),
    ])
      expect(refusalOf(await answer)).toMatchObject(REVOKED);
    const request = new HttpRequest({
      method: 'POST',
      url: 'http://localhost/api/negotiate',
      headers: { [SIGN_HEADER]: sign.signId },
      body: { string: '{"assertion":"any"}' },
    });
    const connectionInfo = { url: 'wss://hub', accessToken: 'a token' };
    const negotiated = await negotiate(stage.services)(request, new InvocationContext(), connectionInfo);
    expect(refusalOf(negotiated)).toMatchObject(REVOKED);
    const description = { name: 'Entrance', settings: {} };
    expect(refusalOf(await stage.as(ANNA).describe(sign.signId, description))).toMatchObject(REVOKED);
    expect(refusalOf(await stage.as(ANNA).assignOne(sign.signId, 'via'))).toMatchObject(REVOKED);
  });

  test('does not enrol again by its key, not even where signs of this machine get a place by themselves', async () => {
    const stage = await fleetStage(database);
    const { publicKey } = await generateKeyPair('ES256');
    const key = publicKeySchema.parse(await exportJWK(publicKey));
    const signId = `s-${await calculateJwkThumbprint(key, 'sha256')}`;
    const enrol = () => signs(stage.services)(requestTo('POST', {}, { publicKey: key }));
    expect((await enrol()).status).toBe(200);
    await stage.as(ANNA).revoke(signId);
    expect(refusalOf(await enrol())).toMatchObject(REVOKED);
  });

  test('is no concern of somebody to whom its group did not belong', async () => {
    const { stage, sign } = await revokedSign();
    const cut = stage.closed.length;
    expect(refusalOf(await stage.as(BEN).revoke(sign.signId))).toMatchObject({
      status: 403,
      code: 'not-allowed',
    });
    expect(stage.closed).toHaveLength(cut);
  });

  test('that was replaced is shut out once more by whom its place belongs to', async () => {
    const stage = await fleetStage(database);
    const old = await stage.sign('A');
    await stage.as(ANNA).assignOne(old.signId, 'via');
    const code = await (await stage.sign('B')).shownCode();
    await stage.as(BEN).claim({ code, replaces: old.signId });
    expect((await stage.as(BEN).revoke(old.signId)).status).toBe(200);
    expect(stage.closed).toEqual([old.signId, old.signId]);
  });

  test('that comes with an old token is cut again', async () => {
    const { stage, sign } = await revokedSign();
    await sign.connected('c9');
    expect(stage.closed).toEqual([sign.signId, sign.signId]);
  });

  test('may be revoked once more where the push service did not hear of it, and is written down once', async () => {
    const stage = await fleetStage(database);
    const { signId } = await stage.sign('A');
    stage.pushIsDown = true;
    expect(refusalOf(await stage.as(ANNA).revoke(signId))).toMatchObject({
      status: 503,
      code: 'unavailable',
    });
    stage.pushIsDown = false;
    expect((await stage.as(ANNA).revoke(signId)).status).toBe(200);
    expect(stage.closed).toEqual([signId]);
    expect(await stage.audit()).toHaveLength(1);
  });
});

onSqlite('the news of a connection', (database) => {
  test('is kept of signs and not of people, and cuts nobody who is welcome', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    await sign.connected('c1');
    await presence(stage.services)('connected')({ ConnectionId: 'c2', UserId: ANNA.personId });
    expect(stage.closed).toEqual([]);
    const connections = await database.sql('select id from connections');
    expect(connections).toEqual([{ id: 'c1' }]);
  });
});
