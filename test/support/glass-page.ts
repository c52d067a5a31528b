import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

/** What the sign's page is served with: nothing inline, nothing from elsewhere. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

export type GlassPage = {
  /** The glass with a feed that the test drives. */
  readonly fixtureUrl: string;
  /** The page as it is shipped. */
  readonly signUrl: string;
  close(): Promise<void>;
};

/** Builds both pages as the product is built, and serves them under the product's policy on a free port. */
export async function serveGlassPage(): Promise<GlassPage> {
  const outDir = await mkdtemp(join(tmpdir(), 'glass-page-'));
  const inputs = ['test/browser/fixture/index.html', 'renderer/sign/index.html'].map((path) =>
    join(ROOT, path),
  );
  await build({
    root: ROOT,
    base: './',
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome120',
      assetsInlineLimit: 0,
      rolldownOptions: { input: inputs },
    },
  });
  const server = await preview({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: {
      host: '127.0.0.1',
      port: 0,
      headers: { 'content-security-policy': CONTENT_SECURITY_POLICY },
    },
  });
  const { port } = server.httpServer.address() as AddressInfo;
  const at = (path: string) => `http://127.0.0.1:${port}/${path}/index.html`;
  return {
    fixtureUrl: at('test/browser/fixture'),
    signUrl: at('renderer/sign'),
    async close() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
