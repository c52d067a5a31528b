import { expect, test } from 'vitest';
import {
  connectByHand,
  connectClient,
  eventually,
  HANDSHAKE,
  HUB,
  newDatabaseFile,
  startSignalR,
} from '../../../support/signalr.ts';

const news = (value: unknown) => ({ target: 'news', arguments: [value] });

test('a sign sent on by negotiate hears what is meant for it, in order, and nothing else', async () => {
  const signalR = await startSignalR();
  const { service } = signalR;
  const ana = await connectClient(signalR, 'ana');
  const bo = await connectClient(signalR, 'bo');
  await service.act(HUB, { action: 'add', userId: 'ana', groupName: 'group:madrid' });

  service.send(HUB, news(1));
  service.send(HUB, { ...news(2), groupName: 'group:madrid' });
  service.send(HUB, { ...news(3), userId: 'ana' });
  service.send(HUB, { ...news(4), connectionId: ana.client.connectionId ?? '' });
  service.send(HUB, { ...news(5), userId: 'nobody' });
  service.send(HUB, news(6));

  await eventually(() => ana.heard).toEqual([1, 2, 3, 4, 6]);
  await eventually(() => bo.heard).toEqual([1, 6]);
});

test('where a message names several, the connection goes before the user, the user before the group', async () => {
  const signalR = await startSignalR();
  const { service } = signalR;
  const first = await connectClient(signalR, 'ana');
  const second = await connectClient(signalR, 'ana');
  const bo = await connectClient(signalR, 'bo');
  await service.act(HUB, { action: 'add', userId: 'bo', groupName: 'madrid' });

  const connectionId = first.client.connectionId ?? '';
  service.send(HUB, { ...news('one'), connectionId, userId: 'bo', groupName: 'madrid' });
  service.send(HUB, { ...news('user'), connectionId: '', userId: 'ana', groupName: 'madrid' });
  service.send(HUB, news('end'));

  await eventually(() => first.heard).toEqual(['one', 'user', 'end']);
  await eventually(() => second.heard).toEqual(['user', 'end']);
  await eventually(() => bo.heard).toEqual(['end']);
});

test('a hub has no case, and hears nothing of another hub', async () => {
  const signalR = await startSignalR();
  const ana = await connectClient(signalR, 'ana');
  signalR.service.send('console', news('not for signs'));
  signalR.service.send('SIGNS', news('for signs'));
  await eventually(() => ana.heard).toEqual(['for signs']);
});

test('several messages of one turn share a frame', async () => {
  const signalR = await startSignalR();
  const byHand = await connectByHand(signalR);
  byHand.say(HANDSHAKE);
  await eventually(() => byHand.frames).toEqual(['{}\x1e']);
  for (const value of [1, 2, 3]) signalR.service.send(HUB, news(value));
  await eventually(() => byHand.records().length).toBe(4);
  expect(byHand.frames).toHaveLength(2);
});

test('a large message in any script arrives whole', async () => {
  const signalR = await startSignalR();
  const { heard } = await connectClient(signalR);
  const long = 'Ocupación 占有率 🪧 '.repeat(8_000);
  signalR.service.send(HUB, news(long));
  await eventually(() => heard).toEqual([long]);
});

test('a user is still in its group after the service was restarted', async () => {
  const databaseFile = newDatabaseFile();
  const before = await startSignalR({ databaseFile });
  await before.service.act(HUB, { action: 'add', userId: 'ana', groupName: 'madrid' });
  await before.stop();

  const after = await startSignalR({ databaseFile });
  const ana = await connectClient(after, 'ana');
  after.service.send(HUB, { ...news('still here'), groupName: 'madrid' });
  await eventually(() => ana.heard).toEqual(['still here']);
});

test('a user taken out of its groups hears them no more, but everything sent before', async () => {
  const signalR = await startSignalR();
  const { service } = signalR;
  const ana = await connectClient(signalR, 'ana');
  for (const groupName of ['madrid', 'oslo', 'rome']) {
    await service.act(HUB, { action: 'add', userId: 'ana', groupName });
  }
  service.send(HUB, { ...news('before'), groupName: 'madrid' });
  const removed = service.act(HUB, { action: 'remove', userId: 'ana', groupName: 'madrid' });
  service.send(HUB, { ...news('removed'), groupName: 'madrid' });
  service.send(HUB, { ...news('others stay'), groupName: 'oslo' });
  await removed;
  const removedFromAll = service.act(HUB, { action: 'removeAll', userId: 'ana' });
  service.send(HUB, { ...news('removed from all'), groupName: 'oslo' });
  service.send(HUB, { ...news('removed from all'), groupName: 'rome' });
  service.send(HUB, news('end'));
  await removedFromAll;
  await eventually(() => ana.heard).toEqual(['before', 'others stay', 'end']);

  const again = await connectClient(signalR, 'ana');
  service.send(HUB, { ...news('forgotten'), groupName: 'oslo' });
  service.send(HUB, news('end'));
  await eventually(() => again.heard).toEqual(['end']);
});

test('a connection can be put into a group by itself, and its group ends with it', async () => {
  const signalR = await startSignalR();
  const { service } = signalR;
  const first = await connectClient(signalR, 'ana');
  const second = await connectClient(signalR, 'ana');
  const connectionId = first.client.connectionId ?? '';
  await service.act(HUB, { action: 'add', connectionId, userId: 'ana', groupName: 'madrid' });
  service.send(HUB, { ...news('in'), groupName: 'madrid' });
  await service.act(HUB, { action: 'remove', connectionId, groupName: 'madrid' });
  service.send(HUB, { ...news('out'), groupName: 'madrid' });
  service.send(HUB, news('end'));
  await eventually(() => first.heard).toEqual(['in', 'end']);
  await eventually(() => second.heard).toEqual(['end']);
});

test('an action that names nobody, a group or a hub that cannot be is refused', async () => {
  const { service } = await startSignalR();
  const code = (code: string) => expect.objectContaining({ code });
  await expect(service.act(HUB, { action: 'add', groupName: 'madrid' })).rejects.toEqual(
    code('ERR_SIGNALR_ACTION'),
  );
  await expect(service.act(HUB, { action: 'add', userId: 'ana', groupName: ' ' })).rejects.toEqual(
    code('ERR_SIGNALR_NAME'),
  );
  expect(() => service.send('no hub', news(1))).toThrow(code('ERR_SIGNALR_NAME'));
});
