import { createServer } from 'node:net';

/** Whether something could listen there now. Not a promise: somebody else may be faster. */
export function isPortFree(port: number, host: string): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
