import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { appOnDisk, requiredModules } from './app-on-disk.ts';

/** Node's exit code for a top-level `await` that nothing can settle any more. */
const UNSETTLED_AWAIT = 13;

process.argv = [join(import.meta.dirname, 'electron'), ...process.argv.slice(2)];
const require = createRequire(import.meta.url);
const app = appOnDisk(process.argv);
describeProcess(app.path);

// In this order: the modules of `-r` (Playwright's loader), the app, and only then its `ready`.
for (const module of requiredModules(process.argv)) require(module);
const electron = await import('./electron.ts');
process.once('exit', warnOfDeadlock);
await import(pathToFileURL(app.entry).href);
process.off('exit', warnOfDeadlock);
await electron.app.boot();

/** What Electron adds to `process`. */
function describeProcess(appPath: string): void {
  const { version } = JSON.parse(readFileSync(require.resolve('electron/package.json'), 'utf8'));
  Object.defineProperty(process.versions, 'electron', { value: `${version}-standin`, enumerable: true });
  Object.assign(process, { type: 'browser', resourcesPath: join(appPath, '..') });
  if (process.env.ELECTRON_FORCE_IS_PACKAGED !== 'true') Object.assign(process, { defaultApp: true });
}

/**
 * As in Electron, `ready` comes after the entry module has run, so a top-level `await` of it never ends. Electron hangs
 * then; Node ends, for want of anything to do.
 */
function warnOfDeadlock(code: number): void {
  if (code !== UNSETTLED_AWAIT) return;
  process.stderr.write(
    'stand-in: does the app await app.whenReady() at the top level of its entry module? See electron/electron#40719.\n',
  );
}
