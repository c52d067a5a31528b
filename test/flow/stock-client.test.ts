import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { expect, test } from 'vitest';
import { identityOf, makeKeyPair, signIdOf } from '../../cloud/client/sign-identity.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { HUB_TARGETS } from '../../cloud/contracts/hub-targets.ts';
import { challengeSchema, negotiatedSchema, SIGN_HEADER } from '../../cloud/contracts/sign.ts';
import { type Snapshot, snapshotSchema } from '../../cloud/contracts/snapshot.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { startCloudProcess } from '../support/cloud-process.ts';
import { openSdkSensor } from '../support/sdk-sensor.ts';

test('the SignalR client as it comes from npm, with its own transports, gets the snapshot that the official SDK’s reading made', async () => {
  await using cloud = await startCloudProcess(['--demonstration-store-group', 'demo']);
  const sensors = await cloud.putStore('calle-mayor', calleMayor());
  const identity = await identityOf(await makeKeyPair());
  const sign = await signIdOf(identity.publicKey);
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json', [SIGN_HEADER]: sign };
    const url = `${cloud.ready().httpUrl}${path}`;
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  await post(API_PATHS.signs, { publicKey: identity.publicKey });
  const { nonce } = challengeSchema.parse(await post(API_PATHS.challenge(sign), {}));
  const assertion = await identity.sign({ audience: 'vitrine', purpose: 'negotiate', sign, nonce });
  const { url, accessToken } = negotiatedSchema.parse(await post(API_PATHS.negotiate, { assertion }));

  const { WebSockets, ServerSentEvents, LongPolling } = HttpTransportType;
  const listeners = [WebSockets, ServerSentEvents, LongPolling].map((transport) => {
    const connection = new HubConnectionBuilder()
      .withUrl(url, { transport, accessTokenFactory: () => accessToken })
      .configureLogging(LogLevel.None)
      .build();
    const pushed: Snapshot[] = [];
    connection.on(HUB_TARGETS.snapshot, (snapshot) => pushed.push(snapshotSchema.parse(snapshot)));
    return { connection, pushed };
  });
  for (const { connection } of listeners) await connection.start();
  const street = await openSdkSensor(sensors.get('street-1') ?? '', cloud.ready().caFile);
  try {
    await street.send({ in: 4, boot: 'b1', sequence: 1 });
    await expect.poll(() => listeners.map(({ pushed }) => pushed.at(-1)?.content.count)).toEqual([4, 4, 4]);
  } finally {
    await street.close();
    for (const { connection } of listeners) await connection.stop();
  }
});
