import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { CONTENT_SECURITY_POLICY } from '../../support/glass-page.ts';

const ROOT = join(import.meta.dirname, '../../..');
const PAGE = 'test/browser/console-signs/index.html';

/** The pages of signs as they are shipped, under the product's policy, on a free port. */
export async function serveFixture(): Promise<{ url: string; close(): Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'console-signs-'));
  const common = { root: ROOT, configFile: false, logLevel: 'error' } as const;
  await build({
    ...common,
    base: '/',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome120',
      assetsInlineLimit: 0,
      rolldownOptions: { input: join(ROOT, PAGE) },
    },
  });
  const headers = { 'content-security-policy': CONTENT_SECURITY_POLICY };
  const server = await preview({
    ...common,
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, headers },
  });
  const { port } = server.httpServer.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${PAGE}`,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
