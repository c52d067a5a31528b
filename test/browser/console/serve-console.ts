import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { BUNDLES } from '../../../build/bundles.ts';
import { startWebFront } from '../../../cloud/local/web/start-web-front.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Builds the console as the product is built, and serves it as the product does. */
export async function serveConsole(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const dist = await mkdtemp(join(tmpdir(), 'console-page-'));
  await BUNDLES.find(({ name }) => name === 'console')?.build(ROOT, dist);
  const front = await startWebFront({
    hosts: ['127.0.0.1'],
    port: 0,
    names: () => [],
    signPage: join(dist, 'sign'),
    consolePage: join(dist, 'console'),
    routePrefix: 'api',
    functions: async (_request, response) => void response.writeHead(500).end(),
    signalR: { handleRequest: () => false, handleUpgrade: () => false },
    log: pino({ enabled: false }),
  });
  return {
    url: `http://127.0.0.1:${front.port}/console`,
    async close() {
      await front.close();
      await rm(dist, { recursive: true, force: true });
    },
  };
}
