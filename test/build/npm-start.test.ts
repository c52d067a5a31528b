import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identityOf, makeKeyPair, signIdOf } from '../../cloud/client/sign-identity.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';

const root = join(import.meta.dirname, '../..');
const LIMIT_MS = 90_000;
const UP_WITHIN = { timeout: 40_000 };

let data: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'vitrine-start-'));
});
afterEach(async () => {
  for (const child of running.splice(0)) await stopped(child);
  rmSync(data, { recursive: true });
});

/** `npm start` as a person without a display would see it. */
function start(...args: string[]) {
  const ports = ['--http-port', '0', '--iot-hub-port', '0'];
  const child = spawn(
    process.execPath,
    [join(root, 'build/start.ts'), '--no-open', '--data', data, ...ports, ...args],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  running.push(child);
  const seen = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (seen.text += chunk));
  return { child, seen };
}

async function stopped(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGINT');
    await once(child, 'exit');
  }
  return child.exitCode;
}

/** Of the last line that tells a live count. */
const todayIn = (text: string): number =>
  Number([...text.matchAll(/· \d+ inside .* today (\d+) in/g)].at(-1)?.[1] ?? Number.NaN);

const isAnswering = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Whose access key it is. */
const personOf = async (url: string, key = ''): Promise<unknown> =>
  (await fetch(new URL(API_PATHS.session, url), { headers: { authorization: `Bearer ${key}` } })).json();

describe('npm start', () => {
  test(
    'shows a moving count of a day that has a past, stops whole, and goes on from there the next time',
    async () => {
      const first = start();
      // Three hours at least, in the quietest of which some hundred people come in.
      await expect.poll(() => todayIn(first.seen.text), UP_WITHIN).toBeGreaterThan(100);
      const before = todayIn(first.seen.text);
      await expect.poll(() => first.seen.text.match(/ inside /g)?.length, UP_WITHIN).toBeGreaterThan(1);
      const url = /Sign +(\S+)/.exec(first.seen.text)?.[1] ?? '';
      expect(await isAnswering(url)).toBe(true);
      const [, consoleUrl, key] = /console at (\S+) with this key\..* (vk_\S+)/.exec(first.seen.text) ?? [];
      expect(consoleUrl).toBe(`${url}console`);
      expect(await personOf(url, key)).toMatchObject({ person: { name: 'First key', role: 'admin' } });
      expect(await stopped(first.child)).toBe(0);
      expect(await isAnswering(url)).toBe(false);

      const second = start();
      await expect.poll(() => todayIn(second.seen.text), UP_WITHIN).toBeGreaterThan(0);
      // As many as before and those of some seconds, not the whole day once more.
      expect(todayIn(second.seen.text)).toBeLessThan(before + 100);
      expect(second.seen.text).not.toContain('vk_');
    },
    LIMIT_MS,
  );

  test(
    'without the demonstration says how to add a store, and a sign as soon as one has enrolled',
    async () => {
      const { child, seen } = start('--no-demo');
      await expect.poll(() => seen.text, UP_WITHIN).toContain('Ctrl+C stops everything');
      expect(seen.text).toMatch(/curl -X PUT http:\/\/localhost:\d+\/api\/stores\/my-store/);
      const url = /Sign +(\S+)/.exec(seen.text)?.[1] ?? '';
      const { publicKey } = await identityOf(await makeKeyPair());
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ publicKey });
      await fetch(new URL(API_PATHS.signs, url), { method: 'POST', headers, body });
      const path = API_PATHS.assignment(await signIdOf(publicKey));
      await expect.poll(() => seen.text, UP_WITHIN).toContain(path);
      expect(await stopped(child)).toBe(0);
    },
    LIMIT_MS,
  );

  test(
    'that cannot start says why in a line, and ends as a failure',
    async () => {
      const first = start('--no-demo');
      await expect.poll(() => first.seen.text, UP_WITHIN).toContain('Ctrl+C stops everything');
      const second = start('--no-demo');
      await expect.poll(() => second.child.exitCode, UP_WITHIN).toBe(1);
      expect(second.seen.text).toContain('data folder');
      expect(second.seen.text).not.toContain('    at ');
    },
    LIMIT_MS,
  );

  test(
    'says which option moves it away from a port that is taken',
    async () => {
      const first = start('--no-demo');
      await expect.poll(() => first.seen.text, UP_WITHIN).toContain('Ctrl+C stops everything');
      const port = /Sign +http:\/\/localhost:(\d+)/.exec(first.seen.text)?.[1] ?? '';
      const second = start('--http-port', port);
      await expect.poll(() => second.child.exitCode, UP_WITHIN).toBe(1);
      expect(second.seen.text).toContain(`Port ${port} is taken`);
      expect(second.seen.text).toContain('npm start -- --http-port');
    },
    LIMIT_MS,
  );
});
