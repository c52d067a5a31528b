import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Trouble } from '../../cloud/contracts/feed.ts';
import { PROBLEM_TYPE } from '../../cloud/contracts/http.ts';
import { parseCommandLine } from '../../main/command-line.ts';
import { startFeed } from '../../main/feed.ts';
import { readSettings } from '../../main/settings.ts';
import { anAuthority, type Issued } from '../support/own-certificates.ts';

const DAY_MS = 86_400_000;
const HERE = ['127.0.0.1'];
const trustedBefore = getCACertificates('default');

let folder: string;
const ends: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-trouble-'));
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  setDefaultCACertificates(trustedBefore);
  rmSync(folder, { recursive: true });
});

const silent: RequestListener = (_request, response) => void response.writeHead(503).end();

/** A real server with this certificate, and the shell of a kiosk that follows it and trusts the authority. */
async function aShellAt(caPem: string, { certPem, keyPem }: Issued, answer: RequestListener = silent) {
  const server = createServer({ cert: certPem, key: keyPem }, answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => void server.close(resolve)));
  const authority = join(folder, 'ca.pem');
  writeFileSync(authority, caPem);
  const userData = join(folder, 'shell');
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = parseCommandLine([`--cloud=${url}`, `--cloud-authority=${authority}`], { underTest: false });
  const life = new AbortController();
  const feed = await startFeed({
    settings: readSettings(userData, args, () => {}),
    folder: userData,
    forkCloud: () => {
      throw new Error('this shell has no cloud of its own');
    },
    onCloudLine: () => {},
    log: pino({ enabled: false }),
    signal: life.signal,
  });
  ends.push(() => {
    life.abort();
    server.closeAllConnections();
    return feed.ended();
  });
  return feed;
}

type Case = readonly [trouble: Trouble, names: readonly string[], fromMs: number, toMs: number];

test.for<Case>([
  ['expired', HERE, -2 * DAY_MS, -DAY_MS],
  ['clock', HERE, DAY_MS, 2 * DAY_MS],
  ['wrong-name', ['other.example.com'], -DAY_MS, DAY_MS],
])(
  'a certificate of the cloud that does not hold is named as what it is: %s',
  async ([trouble, names, from, to]) => {
    const authority = await anAuthority();
    const nowMs = Date.now();
    const issued = await authority.issue(names, { fromMs: nowMs + from, toMs: nowMs + to });
    const shell = await aShellAt(authority.caPem, issued);
    await expect
      .poll(() => shell.newest())
      .toMatchObject({
        kind: 'starting',
        trouble,
        problem: expect.stringContaining('is not trusted'),
      });
  },
);

test('a cloud whose authority nobody here knows is not trusted', async () => {
  const strange = await (await anAuthority('CN=Somebody')).issue(HERE);
  const shell = await aShellAt((await anAuthority()).caPem, strange);
  await expect.poll(() => shell.newest()).toMatchObject({ kind: 'starting', trouble: 'untrusted' });
});

test.for<readonly [Trouble, RequestListener]>([
  ['not-ready', silent],
  ['not-the-cloud', (_request, response) => void response.end('<html>Welcome</html>')],
  ['other-version', (_request, response) => void response.end('{"sign":{"id":1}}')],
  [
    'other-version',
    (_request, response) =>
      void response.writeHead(410, { 'content-type': PROBLEM_TYPE }).end('{"code":"signs-moved"}'),
  ],
])('what a trusted server answers instead is told apart: %s', async ([trouble, answer]) => {
  const authority = await anAuthority();
  const shell = await aShellAt(authority.caPem, await authority.issue(HERE), answer);
  await expect.poll(() => shell.newest()).toMatchObject({ kind: 'starting', trouble });
});
