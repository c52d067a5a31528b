import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { portOf } from '../../build/start/cloud.ts';
import { openCloudLog } from '../../build/start/cloud-log.ts';
import { openRotatingFile } from '../../build/start/rotating-file.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a log that cannot be written says so once, and goes on when it can', async () => {
  const file = join(aFolder(), 'cloud.log');
  mkdirSync(file);
  const said: string[] = [];
  const log = openCloudLog(file, (line) => said.push(line), Date.now);
  const lines = new PassThrough();
  log.follow(lines);
  lines.write('{"level":30,"msg":"one"}\n{"level":30,"msg":"two"}\n');
  await expect.poll(() => said).toEqual([expect.stringContaining('the log cannot be written')]);
  rmSync(file, { recursive: true });
  lines.write('{"level":30,"msg":"three"}\n');
  await expect
    .poll(() => existsSync(file) && readFileSync(file, 'utf8'))
    .toBe('{"level":30,"msg":"three"}\n');
  log.close();
});

test('a log never grows beyond its size while it is written, and keeps one older file', () => {
  const file = join(aFolder(), 'cloud.log');
  const kept = openRotatingFile(file, 100, (error) => {
    throw error;
  });
  for (let line = 1; line <= 100; line += 1) kept.write(`line ${line}`);
  kept.close();
  const [older, newer] = [readFileSync(`${file}.old`, 'utf8'), readFileSync(file, 'utf8')];
  expect(Math.max(older.length, newer.length)).toBeLessThan(120);
  expect(`${older}${newer}`.endsWith('line 98\nline 99\nline 100\n')).toBe(true);
});

test.each([
  ['http://localhost:7071', 7071],
  ['https://vitrine.shop.lan', 443],
  ['http://localhost', 80],
])('a cloud that is started again at %s comes back to port %i', (address, port) => {
  expect(portOf(address)).toBe(port);
});
