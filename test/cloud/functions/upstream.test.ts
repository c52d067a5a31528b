import { createHmac } from 'node:crypto';
import { HttpRequest } from '@azure/functions';
import { expect, test } from 'vitest';
import { presence } from '../../../cloud/functions/presence.ts';
import { settingsFrom } from '../../../cloud/functions/settings.ts';
import { upstream } from '../../../cloud/functions/upstream.ts';
import { cloudOn } from '../../support/cloud-on-store.ts';
import { refusalOf } from '../../support/owner-calls.ts';
import { onSqlite } from '../../support/store-engines.ts';

const SIGN_ID = `s-${'A'.repeat(43)}`;
const KEY = 'the key of the service';
const CONNECTED = { hub: 'vitrine', category: 'connections', event: 'connected' };
const DISCONNECTED = { ...CONNECTED, event: 'disconnected' };
const sign = (connectionId: string, key = KEY) =>
  `sha256=${createHmac('sha256', key).update(connectionId).digest('hex')}`;

type Call = {
  readonly route?: Record<string, string>;
  readonly headers?: Record<string, string | undefined>;
};

onSqlite('the call of SignalR Service about a connection', (database) => {
  const opened = async () => {
    const { services } = cloudOn(await database.open(), {
      settings: settingsFrom({
        VitrineDatabase: 'given',
        AzureSignalRConnectionString: `Endpoint=https://signalr.example;AccessKey=${KEY};Version=1.0;`,
        IotHubRegistry: 'not used',
        SessionSigningKey: Buffer.alloc(32, 'session').toString('base64'),
      }),
    });
    const call = ({ route = CONNECTED, headers = {} }: Call = {}) => {
      const all: Record<string, string | undefined> = {
        'X-ASRS-Connection-Id': 'c1',
        'X-ASRS-Event': route.event,
        'X-ASRS-User-Id': SIGN_ID,
        'X-ASRS-Signature': sign('c1'),
        ...headers,
      };
      const request = new HttpRequest({
        method: 'POST',
        url: 'http://localhost/api/upstream',
        params: route,
        headers: Object.fromEntries(
          Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
        ),
        body: { string: '{"type":10}' },
      });
      return upstream(services)(request);
    };
    const present = async () =>
      (await services.store.look((tx) => tx.presence.openConnections(SIGN_ID))).map(
        ({ connectionId }) => connectionId,
      );
    return { services, call, present };
  };

  test('is kept as the news of the trigger is', async () => {
    const { call, present } = await opened();
    expect((await call()).status).toBe(204);
    expect(await present()).toEqual(['c1']);
    expect((await call({ route: { ...DISCONNECTED, hub: 'Vitrine' } })).status).toBe(204);
    expect(await present()).toEqual([]);
  });

  test('changes nothing where the trigger has told it, or will', async () => {
    const { services, call, present } = await opened();
    const trigger = presence(services);
    const connection = { ConnectionId: 'c1', UserId: SIGN_ID };
    await trigger('connected')(connection);
    await call();
    expect(await present()).toEqual(['c1']);
    await call({ route: DISCONNECTED });
    await trigger('disconnected')(connection);
    await call();
    expect(await present()).toEqual([]);
  });

  test('counts nobody who is not logged in', async () => {
    const { call, present } = await opened();
    expect((await call({ headers: { 'X-ASRS-User-Id': undefined } })).status).toBe(204);
    expect(await present()).toEqual([]);
  });

  test('is believed if any of its signatures is by the key that the app holds', async () => {
    const { call, present } = await opened();
    const other = sign('c1', 'the other key');
    expect(
      (
        await call({
          headers: { 'X-ASRS-Signature': `${other}, ${sign('c1').toUpperCase().replace('SHA', 'sha')}` },
        })
      ).status,
    ).toBe(204);
    expect(await present()).toEqual(['c1']);
  });

  test.for([
    ['no signature', undefined],
    ['an empty one', ''],
    ['one by another key', sign('c1', 'the other key')],
    ['one of another connection', sign('c2')],
    ['half of one', sign('c1').slice(0, -2)],
    ['one that comes late in a long list', `${'sha256=00,'.repeat(10)}${sign('c1')}`],
  ] as const)('is refused with %s', async ([, signature]) => {
    const { call, present } = await opened();
    expect(refusalOf(await call({ headers: { 'X-ASRS-Signature': signature } }))).toMatchObject({
      status: 401,
      code: 'bad-signature',
      field: 'x-asrs-signature',
    });
    expect(await present()).toEqual([]);
  });

  test.for([
    ['X-ASRS-Connection-Id', undefined, 'x-asrs-connection-id'],
    ['X-ASRS-Connection-Id', '', 'x-asrs-connection-id'],
    ['X-ASRS-Connection-Id', 'c'.repeat(1_025), 'x-asrs-connection-id'],
    ['X-ASRS-User-Id', 'u'.repeat(1_025), 'x-asrs-user-id'],
    ['X-ASRS-Event', undefined, 'x-asrs-event'],
    // As it comes if the address was written without its places.
    ['X-ASRS-Event', 'disconnected', 'x-asrs-event'],
  ] as const)('is refused where %s is %j', async ([name, value, field]) => {
    const { call, present } = await opened();
    expect(refusalOf(await call({ headers: { [name]: value } }))).toMatchObject({ status: 400, field });
    expect(await present()).toEqual([]);
  });

  test.for([
    { ...CONNECTED, hub: 'another' },
    { ...CONNECTED, category: 'messages' },
    { ...CONNECTED, event: 'reconnected' },
  ])('is unknown as %j', async (route) => {
    const { call } = await opened();
    expect(refusalOf(await call({ route })).status).toBe(404);
  });
});
