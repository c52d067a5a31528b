import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Outgoing } from '../../../../../cloud/local/signalr/outgoing.ts';
import { SIGNALR_LIMITS } from '../../../../../cloud/local/signalr/signalr-limits.ts';
import { LongPollingTransport } from '../../../../../cloud/local/signalr/transports/long-polling-transport.ts';

test('all that is said in one turn, the last word included, is the answer to one poll', async () => {
  const transport = new LongPollingTransport(SIGNALR_LIMITS, SIGNALR_LIMITS.longestPollMs);
  const server = createServer((_request, response) => {
    transport.poll(response, {});
    if (!transport.isAwaited) return;
    for (const text of ['one', 'two', 'goodbye']) transport.send(new Outgoing(text));
    transport.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const polled = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/`);
    return [response.status, await response.text()];
  };
  expect(await polled()).toEqual([200, 'onetwogoodbye']);
  expect(await polled()).toEqual([204, '']);
});

test('an answer that cannot be written ends its connection alone', async () => {
  const transport = new LongPollingTransport(SIGNALR_LIMITS, SIGNALR_LIMITS.longestPollMs);
  const failures: unknown[] = [];
  transport.start({
    heard: () => undefined,
    ending: () => undefined,
    failed: (cause) => failures.push(cause),
    gone: () => undefined,
  });
  const server = createServer((_request, response) => {
    transport.poll(response, {});
    // Somebody else has begun to answer.
    response.writeHead(200);
    transport.send(new Outgoing('one'));
    setImmediate(() => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(failures).toEqual([expect.objectContaining({ code: 'ERR_HTTP_HEADERS_SENT' })]);
});
