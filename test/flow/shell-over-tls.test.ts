import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { parseCommandLine } from '../../main/command-line.ts';
import { startFeed } from '../../main/feed.ts';
import { readSettings } from '../../main/settings.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { anAuthority, outerAddress } from '../support/own-certificates.ts';

const address = outerAddress();
const trustedBefore = getCACertificates('default');

let folder: string;
const shells: { end(): Promise<void> }[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-shell-'));
});
afterEach(async () => {
  for (const shell of shells.splice(0)) await shell.end();
  setDefaultCACertificates(trustedBefore);
  rmSync(folder, { recursive: true });
});

/** The shell of a kiosk on another PC, without its window: its settings, its feed, its trust. */
async function aShell(name: string, ...args: readonly string[]) {
  const userData = join(folder, name);
  const logged: string[] = [];
  const life = new AbortController();
  const feed = await startFeed({
    settings: readSettings(userData, parseCommandLine(args, { underTest: false }), () => {}),
    folder: userData,
    forkCloud: () => {
      throw new Error('this shell has no cloud of its own');
    },
    onCloudLine: () => {},
    log: pino({}, { write: (line) => void logged.push(line) }),
    signal: life.signal,
  });
  shells.push({
    async end() {
      life.abort();
      await feed.ended();
    },
  });
  return { newest: () => feed.newest(), logged: () => logged.join('') };
}

/** An owner's call, trusting the authority in the file. */
function put(cloud: CloudProcess, path: string, body: object): Promise<number | undefined> {
  const { httpUrl, hostKey, caFile } = cloud.ready();
  const headers = { 'content-type': 'application/json', 'x-functions-key': hostKey };
  return new Promise((resolve, reject) => {
    request(new URL(path, httpUrl), { method: 'PUT', headers, ca: readFileSync(caFile) })
      .on('response', (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end(JSON.stringify(body));
  });
}

/** What of a data folder other users of the machine could read. */
const openFiles = (data: string): readonly string[] =>
  readdirSync(data).filter((name) => (statSync(join(data, name)).mode & 0o077) !== 0);

const problemOf = (state: FeedState) => ('problem' in state ? state.problem : null);

test.skipIf(address === undefined)(
  'a kiosk on another PC follows by https and wss with the authority of the cloud, and says why it does not without (not tried where this machine is on no network)',
  async () => {
    await using cloud = await startCloudProcess(['--host', address ?? '']);
    const url = `https://${address}:${new URL(cloud.ready().httpUrl).port}`;
    expect(await put(cloud, API_PATHS.store('calle-mayor'), calleMayor())).toBe(200);

    const strange = await aShell('strange', `--cloud=${url}`);
    await expect.poll(() => problemOf(strange.newest())).toMatch(/is not trusted: .*--cloud-authority/);
    const wrong = join(folder, 'wrong.pem');
    writeFileSync(wrong, (await anAuthority()).caPem);
    const misled = await aShell('misled', `--cloud=${url}`, `--cloud-authority=${wrong}`);
    await expect.poll(() => problemOf(misled.newest())).toContain(`It is not the authority in ${wrong}`);
    expect(misled.logged()).toContain('"the cloud is not trusted"');
    for (const shell of shells.splice(0)) await shell.end();

    const shell = await aShell('trusting', `--cloud=${url}`, `--cloud-authority=${cloud.ready().caFile}`);
    await expect.poll(() => shell.newest()).toMatchObject({ kind: 'unassigned', link: 'up' });
    const state = shell.newest();
    const signId = state.kind === 'unassigned' ? state.signId : '';
    expect(await put(cloud, API_PATHS.assignment(signId), { storeGroupId: 'demo' })).toBe(200);
    await expect.poll(() => shell.newest()).toMatchObject({ kind: 'following', link: 'up' });
  },
);

test.skipIf(process.platform === 'win32')(
  'all that a cloud keeps is for its owner alone, but for its authority',
  async () => {
    await using cloud = await startCloudProcess();
    const data = join(cloud.dataDir, 'data');
    await expect.poll(() => readdirSync(data)).toContain('vitrine.db-wal');
    expect(openFiles(data)).toEqual(['ca.pem']);
  },
);
