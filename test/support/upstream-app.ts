import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export type UpstreamRequest = {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** An app that is called by the service. `answer` gives the status, when it likes; until then it counts as running. */
export async function startUpstreamApp(
  answer: (request: UpstreamRequest) => Promise<number> | number = () => 204,
) {
  const requests: UpstreamRequest[] = [];
  let running = 0;
  let mostAtATime = 0;
  const server = createServer(async (request, response) => {
    running += 1;
    mostAtATime = Math.max(mostAtATime, running);
    const { method, url, headers } = request;
    const given = { method, url, headers, body: await text(request) };
    requests.push(given);
    const status = await answer(given);
    running -= 1;
    response.writeHead(status, { location: '/elsewhere' }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests, mostAtATime: () => mostAtATime };
}
