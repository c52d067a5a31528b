import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { answerClient } from '../../../../cloud/local/signalr/answer-client.ts';
import { LiveConnections } from '../../../../cloud/local/signalr/live-connections.ts';
import { NegotiatedIds } from '../../../../cloud/local/signalr/negotiated-ids.ts';
import type { Client, ServiceTokens } from '../../../../cloud/local/signalr/service-tokens.ts';
import { SIGNALR_LIMITS } from '../../../../cloud/local/signalr/signalr-limits.ts';
import { createAppQueries } from '../../../../cloud/local/signalr/visitors.ts';
import { eventually } from '../../../support/signalr.ts';

const ANA: Client = { hub: 'signs', userId: 'ana', claims: {} };

/** A service with one place, and with tokens that are checked when the test says so. */
async function aSlowDoor() {
  const limits = { ...SIGNALR_LIMITS, connections: 1 };
  const asked: PromiseWithResolvers<Client>[] = [];
  const tokens: ServiceTokens = {
    issue: () => Promise.reject(new Error('nobody is given a token here')),
    allowsCall: async () => false,
    clientOf: () => {
      const check = Promise.withResolvers<Client>();
      asked.push(check);
      return check.promise;
    },
  };
  const ids = new NegotiatedIds(limits);
  const owner = { opened: () => undefined, ended: () => undefined, failed: () => undefined };
  const connections = new LiveConnections({ ids, limits, owner, now: Date.now });
  const door = { tokens, ids, connections, limits, appQuery: createAppQueries() };
  const answered: Promise<void>[] = [];
  const hungUp: boolean[] = [];
  const server = createServer((request, response) => {
    response.once('close', () => hungUp.push(true));
    answered.push(answerClient(request, response, door));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;

  /** Asks, and hangs up while the token is looked at. */
  const askAndHangUp = async (question: string, accept: string) => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`${question} HTTP/1.1\r\nhost: localhost\r\naccept: ${accept}\r\ncontent-length: 0\r\n\r\n`);
    await eventually(() => asked.length).toBe(1);
    socket.destroy();
    await eventually(() => hungUp).toEqual([true]);
    asked[0]?.resolve(ANA);
    await Promise.all(answered);
  };
  return { ids, connections, askAndHangUp };
}

test.for([
  ['Server-Sent Events', 'text/event-stream'],
  ['long polling', '*/*'],
] as const)('who hangs up while the token is checked takes no place (%s)', async ([, accept]) => {
  const { ids, connections, askAndHangUp } = await aSlowDoor();
  const { connectionToken } = ids.give(ANA, 1);
  await askAndHangUp(`GET /client/?hub=signs&id=${connectionToken}`, accept);
  expect(ids.stateOf(connectionToken, ANA)).toEqual({ kind: 'unused' });
  ids.use(connectionToken);
  expect(connections.isFullFor(ANA)).toBe(false);
});

test('who hangs up while the token is checked is given no id', async () => {
  const { ids, askAndHangUp } = await aSlowDoor();
  await askAndHangUp('POST /client/negotiate?hub=signs&negotiateVersion=1', '*/*');
  expect(ids.unused).toBe(0);
});
