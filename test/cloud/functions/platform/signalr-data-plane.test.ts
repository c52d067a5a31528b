import { expect, test } from 'vitest';
import { PlatformError } from '../../../../cloud/functions/platform/connection-string.ts';
import { createSignalRDataPlane } from '../../../../cloud/functions/platform/signalr-data-plane.ts';
import { ACCESS_KEY, buildClient, connectClient, HUB, startSignalR } from '../../../support/signalr.ts';

const dataPlaneOf = ({ endpoint }: { endpoint: string }, key = ACCESS_KEY) =>
  createSignalRDataPlane(`Endpoint=${endpoint};AccessKey=${key};Version=1.0;`, HUB);

test('a user is in exactly the groups that the app named last', async () => {
  const signalR = await startSignalR();
  const dataPlane = dataPlaneOf(signalR);
  const { heard } = await connectClient(signalR, 'p-anna/anna');
  const say = (groupName: string) =>
    signalR.service.send(HUB, { target: 'news', arguments: [groupName], groupName });
  await dataPlane.placeUser('p-anna/anna', ['watch:north', 'watch:south']);
  for (const group of ['watch:north', 'watch:south', 'watch:west']) say(group);
  await dataPlane.placeUser('p-anna/anna', ['watch:west']);
  for (const group of ['watch:north', 'watch:west']) say(group);
  await expect.poll(() => heard).toEqual(['watch:north', 'watch:south', 'watch:west']);
  await dataPlane.placeUser('p-anna/anna', []);
  say('watch:west');
  signalR.service.send(HUB, { target: 'news', arguments: ['to her'], userId: 'p-anna/anna' });
  await expect.poll(() => heard.at(-1)).toBe('to her');
  expect(heard).toHaveLength(4);
});

test('all connections of a user are closed, and nobody else hears of it', async () => {
  const signalR = await startSignalR();
  const other = await connectClient(signalR, 's-other');
  const client = buildClient(signalR, 's-gone');
  const closed = new Promise<string>((resolve) => client.onclose((error) => resolve(error?.message ?? '')));
  await client.start();
  await dataPlaneOf(signalR).closeConnections('s-gone', 'This sign was revoked.');
  expect(await closed).toContain('This sign was revoked.');
  expect(other.client.state).toBe('Connected');
});

test('a refusal of the service names the call and not the key', async () => {
  const signalR = await startSignalR();
  const refused = dataPlaneOf(signalR, 'another key').placeUser('s-1', ['group:demo']);
  await expect(refused).rejects.toThrow(PlatformError);
  await expect(refused).rejects.toThrow('SignalR Service answered 401 to DELETE /users/s-1/groups');
});
