import { randomBytes, timingSafeEqual } from 'node:crypto';
import { rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import * as z from 'zod';
import { HostError } from '../host-error.ts';
import { writeDurably } from './durable-files.ts';
import type { KeptBackup } from './kept-backups.ts';
import { UpkeepError } from './upkeep-error.ts';

const HOST = '127.0.0.1';
const KEY_BYTES = 32;
const MAX_CONNECTIONS = 4;
const MAX_HEADER_BYTES = 4_096;
const HEADERS_WITHIN_MS = 5_000;
/** Who waits for an answer still is cut this long after close began. */
const CLOSE_WITHIN_MS = 1_000;
export const BACKUP_PATH = '/backup';
/** Who asks is told at once, by an interim response, that this is the cloud and it makes a back-up (RFC 2518, 10.1). */
export const HEARD = 102;

/** What stands in `upkeep.json` while a cloud runs. Who may read the data folder may ask. */
export const doorSchema = z.object({ port: z.int(), key: z.string() });
export const doorFileOf = (dataFolder: string): string => join(dataFolder, 'upkeep.json');

export const refusalSchema = z.object({ code: z.string(), message: z.string() });

export type UpkeepDoor = { readonly close: () => Promise<void> };

/**
 * Hears the owner of the data folder: a server for this machine alone, on any port, behind a key that is new each time
 * and stands in the folder. `platform.db` is locked, so no key in it could be read by another process.
 */
export async function openUpkeepDoor(options: {
  readonly dataFolder: string;
  readonly backUp: () => Promise<Pick<KeptBackup, 'folder' | 'manifest'>>;
  readonly log: Logger;
}): Promise<UpkeepDoor> {
  const { dataFolder, backUp, log } = options;
  const key = randomBytes(KEY_BYTES).toString('base64url');
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: HEADERS_WITHIN_MS });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('request', async (request, response) => {
    const say = (status: number, body: object) =>
      response
        .writeHead(status, { 'content-type': 'application/json', connection: 'close' })
        .end(JSON.stringify(body));
    if (!holdsKey(request, key))
      return say(401, { code: 'ERR_KEY', message: 'expected the key of upkeep.json' });
    if (request.method !== 'POST' || request.url !== BACKUP_PATH)
      return say(404, { code: 'ERR_PATH', message: `expected POST ${BACKUP_PATH}` });
    response.writeProcessing();
    try {
      const { folder, manifest } = await backUp();
      say(200, { folder, manifest });
    } catch (error) {
      log.error({ err: error }, 'a back-up could not be made');
      const code = error instanceof UpkeepError ? error.code : 'ERR_ASKED';
      say(500, { code, message: error instanceof Error ? error.message : String(error) });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new HostError('ERR_ADDRESS', `${HOST}: no port is free`, { cause })),
    );
    server.listen(0, HOST, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const file = doorFileOf(dataFolder);
  const close = async () => {
    rmSync(file, { force: true });
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
    await closed;
    clearTimeout(cut);
  };
  try {
    await writeDurably(`${file}.unfinished`, JSON.stringify({ port, key }));
    await rename(`${file}.unfinished`, file);
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

function holdsKey({ headers }: IncomingMessage, key: string): boolean {
  const given = Buffer.from(headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${key}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
