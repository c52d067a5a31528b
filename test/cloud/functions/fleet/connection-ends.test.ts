import { expect, test } from 'vitest';
import { HEARD_WITHIN_MS, HEARD_WITHOUT_CONNECTION_WITHIN_MS } from '../../../../cloud/domain/sign-state.ts';
import { ANNA, fleetStage, oneOf } from '../../../support/fleet-stage.ts';
import { onSqlite } from '../../../support/store-engines.ts';

onSqlite('a sign of the fleet', (database) => {
  const afterEnd = async (error: string | null) => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('a');
    await stage.as(ANNA).assignOne(sign.signId, 'mayor');
    await sign.connected('c-1');
    await sign.heartbeat();
    stage.nowMs += 1_000;
    await sign.disconnected('c-1', error);
    stage.nowMs += HEARD_WITHOUT_CONNECTION_WITHIN_MS;
    return oneOf(await stage.as(ANNA).fleet(), sign.signId);
  };

  test.for([
    ['closed it in order', null],
    ['was killed', 'The connection was lost.'],
    [
      'was killed, as Azure says it',
      'The remote party closed the WebSocket connection without completing the close handshake.',
    ],
  ] as const)('whose program %s and did not come back is dark', async ([, error]) => {
    const sign = await afterEnd(error);
    expect(sign).toMatchObject({ state: 'dark', why: 'Its program ended or its PC was switched off.' });
  });

  test.for([
    ['ours', 'Nothing was heard for 30000 ms.'],
    ["Azure's", 'Connection ping timeout.'],
  ] as const)('that answers no more may still show its figure, in the words of %s', async ([, error]) => {
    expect(await afterEnd(error)).toMatchObject({
      state: 'still',
      why: expect.stringContaining('It does not answer'),
    });
  });

  test('whose machine answers and whose page does not stands still', async () => {
    expect(await afterEnd('Nothing was heard for 30000 ms. Its machine answers.')).toMatchObject({
      state: 'stale',
      why: expect.stringContaining('stands still'),
    });
  });

  test('is not dark because the service itself closed its connection', async () => {
    expect(await afterEnd('The service restarts.')).toMatchObject({ state: 'still' });
  });

  test('is heard for longer where no connection was ever told of', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('a');
    await stage.as(ANNA).assignOne(sign.signId, 'mayor');
    await sign.heartbeat();
    stage.nowMs += HEARD_WITHIN_MS - 1;
    expect(oneOf(await stage.as(ANNA).fleet(), sign.signId)).toMatchObject({ state: 'fresh' });
  });
});
