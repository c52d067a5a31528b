import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from './build.ts';
import { ROOT } from './places.ts';

const ELECTRON = join(ROOT, 'node_modules/electron');
const BUILDER = join(ROOT, 'node_modules/electron-builder/cli.js');

const WITHOUT_ELECTRON = `Electron's binary is not installed here, so a placeholder is packed in its place: what is made holds the whole
shell (resources/app.asar), and does not start. For one that does: npx install-electron, and this again.`;

if (import.meta.main) process.exitCode = await packageShell(process.argv.slice(2));

/** Packs the shell into `dist/packed`, with electron-builder's own arguments; gives its exit code. */
export async function packageShell(args: readonly string[]): Promise<number> {
  await buildIfStale();
  // Electron-builder would download what is named by its version alone.
  if (existsSync(join(ELECTRON, 'path.txt'))) return runBuilder(args, join(ELECTRON, 'dist'));
  console.log(WITHOUT_ELECTRON);
  const placeholder = await placeholderDist();
  try {
    return await runBuilder(args, placeholder);
  } finally {
    await rm(placeholder, { recursive: true, force: true });
  }
}

async function runBuilder(args: readonly string[], electronDist: string): Promise<number> {
  const fixed = ['--config', 'build/electron-builder.yml', `-c.electronDist=${electronDist}`];
  const child = spawn(process.execPath, [BUILDER, ...fixed, ...args], { cwd: ROOT, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

/** The files that electron-builder looks for where it expects Electron. */
async function placeholderDist(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-electron-'));
  const { version } = JSON.parse(await readFile(join(ELECTRON, 'package.json'), 'utf8'));
  await mkdir(join(folder, 'locales'));
  const files = {
    electron: '#!/bin/sh\necho "This is a placeholder, not Electron." >&2\nexit 1\n',
    version,
    'resources.pak': '',
    'locales/en-US.pak': '',
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text, { mode: name === 'electron' ? 0o755 : 0o644 });
  }
  return folder;
}
