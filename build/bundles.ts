import { createHash } from 'node:crypto';
import { copyFile, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build, type InlineConfig, type Plugin } from 'vite';

/** `build` makes, from scratch, the folder of `dist` that has the bundle's name. */
export type Bundle = {
  readonly name: string;
  build(root: string, dist: string, options?: BuildOptions): Promise<void>;
};

/** `sourceMaps`: for who reads a profile of a program for Node; nothing that runs needs them. */
export type BuildOptions = { readonly sourceMaps?: boolean };

/** Native helpers that `pg` and `ws` use where they are installed, and do without where they are not. */
const OPTIONAL_PACKAGES = ['pg-native', 'pg-cloudflare', 'bufferutil', 'utf-8-validate'];

/** The embedded cloud, and what its owner runs beside it. */
const CLOUD_PROGRAMS = [
  { entry: 'cloud/local/index.ts', file: 'index.mjs' },
  { entry: 'cloud/local/poller/run-poller.ts', file: 'poller.mjs' },
  { entry: 'cloud/local/upkeep/run-backup.ts', file: 'backup.mjs' },
  { entry: 'cloud/local/upkeep/run-restore.ts', file: 'restore.mjs' },
];

/** The oldest browser that the sign's page is for. */
const SIGN_TARGET = 'chrome90';
const SHARED_BY_BOARDS =
  /renderer\/(design\/shape|sign\/(boards\/(count-figure|people-strip)|view\/(day-axis|day-line|door-face|figure-size|local-time|moment-words|trouble-notice|wall-tiles|wording)))\.ts/;

/** Under these names, whatever is in them: a browser finds them again after an update. */
const INSTALLED_WITH = ['manifest.webmanifest', 'icon-192.png', 'icon-512.png', 'icon-maskable.png'];

export const BUNDLES: readonly Bundle[] = [
  {
    name: 'functions',
    async build(root, dist, options = {}) {
      const folder = join(dist, 'functions');
      // The host answers this one require at run time; CommonJS, because Azure's worker cannot answer an import of it.
      const external = ['@azure/functions-core'];
      await build(
        nodeBundle({
          root,
          entry: 'cloud/functions/index.ts',
          folder,
          file: 'index.cjs',
          target: 'node22',
          external,
          ...options,
        }),
      );
      await copyFile(join(root, 'cloud/functions/host.json'), join(folder, 'host.json'));
      await writeFile(join(folder, 'package.json'), `${JSON.stringify({ main: 'index.cjs' }, null, 2)}\n`);
    },
  },
  {
    name: 'cloud',
    async build(root, dist, options = {}) {
      const folder = join(dist, 'cloud');
      const programs = { root, folder, target: 'node24', external: [] };
      for (const [index, { entry, file }] of CLOUD_PROGRAMS.entries()) {
        await build(nodeBundle({ ...programs, ...options, entry, file, isBeside: index > 0 }));
      }
    },
  },
  {
    name: 'sign',
    async build(root, dist) {
      const folder = join(dist, 'sign');
      const page = join(root, 'renderer/sign');
      await build({
        root: page,
        base: './',
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        plugins: [signalRWithoutWs, signalRWithoutOtherTransports],
        build: {
          outDir: folder,
          emptyOutDir: true,
          target: SIGN_TARGET,
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
          // What older browsers lack is a file of its own, or the others that the page imports would run before it.
          rolldownOptions: {
            output: {
              codeSplitting: {
                groups: [
                  { name: 'older', test: /browser-older/ },
                  // What the first board shares with those that come later: one file packs better than nine.
                  { name: 'shared', test: SHARED_BY_BOARDS },
                ],
              },
            },
          },
        },
      });
      for (const file of INSTALLED_WITH) await copyFile(join(page, file), join(folder, file));
      await build(await offlineWorker(root, folder));
    },
  },
  {
    name: 'console',
    async build(root, dist) {
      await build({
        root: join(root, 'renderer/console'),
        base: '/console/',
        configFile: false,
        logLevel: 'warn',
        build: {
          outDir: join(dist, 'console'),
          emptyOutDir: true,
          target: 'chrome120',
          assetsInlineLimit: 0,
        },
      });
    },
  },
  {
    name: 'main',
    async build(root, dist) {
      const shell = { root, folder: join(dist, 'main'), target: 'node24', external: ['electron'] };
      await build(nodeBundle({ ...shell, entry: 'main/main.ts', file: 'main.mjs' }));
      // A sandboxed preload is CommonJS, and can require nothing but electron.
      await build(nodeBundle({ ...shell, entry: 'main/preload.ts', file: 'preload.cjs', isBeside: true }));
    },
  },
  {
    name: 'kiosk',
    async build(root, dist) {
      const folder = join(dist, 'kiosk');
      await build({
        root: join(root, 'renderer/sign'),
        base: './',
        configFile: false,
        logLevel: 'warn',
        build: {
          outDir: folder,
          emptyOutDir: true,
          target: 'chrome140',
          assetsInlineLimit: 0,
          rolldownOptions: { input: join(root, 'renderer/sign/kiosk.html') },
        },
      });
      await rename(join(folder, 'kiosk.html'), join(folder, 'index.html'));
    },
  },
];

/**
 * In Node the SignalR client requires `ws` by name, which no bundler follows and no package holds. The sign brings a
 * transport of its own, so it need not.
 */
const signalRWithoutWs: Plugin = {
  name: 'signalr-without-ws',
  transform(code, id) {
    if (!id.endsWith('@microsoft/signalr/dist/esm/HttpConnection.js')) return null;
    const without = code.replace('typeof require !== "undefined"', 'false');
    if (without === code) throw new Error('the SignalR client requires ws in another way now');
    return { code: without, map: null };
  },
};

/**
 * The sign brings its own transport and its own HTTP client. The SignalR client names the others all the same, and no
 * bundler sees that it never comes to them.
 */
const signalRWithoutOtherTransports: Plugin = {
  name: 'signalr-without-other-transports',
  enforce: 'pre',
  load(id) {
    const [, unused] = /@microsoft\/signalr\/dist\/esm\/(\w+)\.js$/.exec(id.replaceAll('\\', '/')) ?? [];
    if (unused === undefined || !UNUSED_OF_SIGNALR.includes(unused)) return null;
    return `export class ${unused} { constructor() { throw new Error('the sign does without'); } }`;
  },
};
const UNUSED_OF_SIGNALR = [
  'DefaultHttpClient',
  'LongPollingTransport',
  'ServerSentEventsTransport',
  'WebSocketTransport',
];

/** Its version changes with any file of the page, as its own text then does. */
async function offlineWorker(root: string, folder: string): Promise<InlineConfig> {
  const names = (await readdir(join(folder, 'assets'))).toSorted();
  // Faces are kept once the page has used them.
  const kept = names.filter((name) => !name.endsWith('.woff2') && !name.startsWith('japanese-faces'));
  const digest = createHash('sha256').update(await readFile(join(folder, 'index.html')));
  for (const name of names) digest.update(`\n${name}`);
  return {
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: {
      OFFLINE_VERSION: JSON.stringify(digest.digest('hex').slice(0, 16)),
      OFFLINE_FILES: JSON.stringify(kept.map((name) => `/assets/${name}`)),
    },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: SIGN_TARGET,
      rolldownOptions: {
        input: join(root, 'renderer/sign/offline-worker.ts'),
        output: { format: 'iife', entryFileNames: 'offline-worker.js', codeSplitting: false },
      },
    },
  };
}

type NodeBundle = {
  readonly root: string;
  readonly entry: string;
  readonly folder: string;
  readonly file: string;
  readonly target: string;
  readonly external: readonly string[];
  /** Another bundle is in the folder already, and stays. */
  readonly isBeside?: boolean;
} & BuildOptions;

/** One file that needs no node_modules; what it imports dynamically from Node stays an import at run time. */
function nodeBundle(bundle: NodeBundle): InlineConfig {
  const { root, entry, folder, file, target, external, isBeside, sourceMaps = false } = bundle;
  return {
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [signalRWithoutWs],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: join(root, entry),
      outDir: folder,
      emptyOutDir: isBeside !== true,
      target,
      minify: false,
      sourcemap: sourceMaps && 'hidden',
      rolldownOptions: {
        external: [...builtinModules, /^node:/, ...OPTIONAL_PACKAGES, ...external],
        output: { format: file.endsWith('.cjs') ? 'cjs' : 'es', entryFileNames: file, codeSplitting: false },
      },
    },
  };
}
