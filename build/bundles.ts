import { copyFile, rename, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build, type InlineConfig, type Plugin } from 'vite';

/** `build` makes, from scratch, the folder of `dist` that has the bundle's name. */
export type Bundle = {
  readonly name: string;
  build(root: string, dist: string): Promise<void>;
};

/** Native helpers that `pg` and `ws` use where they are installed, and do without where they are not. */
const OPTIONAL_PACKAGES = ['pg-native', 'pg-cloudflare', 'bufferutil', 'utf-8-validate'];

/** The embedded cloud, and what its owner runs beside it. */
const CLOUD_PROGRAMS = [
  { entry: 'cloud/local/index.ts', file: 'index.mjs' },
  { entry: 'cloud/local/poller/run-poller.ts', file: 'poller.mjs' },
  { entry: 'cloud/local/upkeep/run-backup.ts', file: 'backup.mjs' },
  { entry: 'cloud/local/upkeep/run-restore.ts', file: 'restore.mjs' },
];

export const BUNDLES: readonly Bundle[] = [
  {
    name: 'functions',
    async build(root, dist) {
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
        }),
      );
      await copyFile(join(root, 'cloud/functions/host.json'), join(folder, 'host.json'));
      await writeFile(join(folder, 'package.json'), `${JSON.stringify({ main: 'index.cjs' }, null, 2)}\n`);
    },
  },
  {
    name: 'cloud',
    async build(root, dist) {
      const folder = join(dist, 'cloud');
      const programs = { root, folder, target: 'node24', external: [] };
      for (const [index, { entry, file }] of CLOUD_PROGRAMS.entries()) {
        await build(nodeBundle({ ...programs, entry, file, isBeside: index > 0 }));
      }
    },
  },
  {
    name: 'sign',
    async build(root, dist) {
      await build({
        root: join(root, 'renderer/sign'),
        base: './',
        configFile: false,
        logLevel: 'warn',
        build: { outDir: join(dist, 'sign'), emptyOutDir: true, target: 'chrome120', assetsInlineLimit: 0 },
      });
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

type NodeBundle = {
  readonly root: string;
  readonly entry: string;
  readonly folder: string;
  readonly file: string;
  readonly target: string;
  readonly external: readonly string[];
  /** Another bundle is in the folder already, and stays. */
  readonly isBeside?: boolean;
};

/** One file that needs no node_modules; what it imports dynamically from Node stays an import at run time. */
function nodeBundle({ root, entry, folder, file, target, external, isBeside }: NodeBundle): InlineConfig {
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
      rolldownOptions: {
        external: [...builtinModules, /^node:/, ...OPTIONAL_PACKAGES, ...external],
        output: { format: file.endsWith('.cjs') ? 'cjs' : 'es', entryFileNames: file, codeSplitting: false },
      },
    },
  };
}
