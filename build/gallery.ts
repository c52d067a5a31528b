import { join } from 'node:path';
import { createServer } from 'vite';

const ROOT = join(import.meta.dirname, '..');
const PORT = 7080;

export type Gallery = AsyncDisposable & { readonly url: string };

if (import.meta.main) {
  const { url } = await serveGallery(PORT);
  process.stdout.write(`Every board in every state, size and theme: ${url}\n`);
}

/** All that a glass shows, on one page that follows the sources. `port` 0: any that is free. */
export async function serveGallery(port: number): Promise<Gallery> {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    server: { host: '127.0.0.1', port, watch: port === 0 ? null : {} },
    // What the sign takes from npm is modules already, and nothing is written beside the sources.
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (typeof address !== 'object' || address === null) throw new Error('the gallery is served on no port');
  return {
    url: `http://127.0.0.1:${address.port}/test/gallery/index.html`,
    [Symbol.asyncDispose]: () => server.close(),
  };
}
