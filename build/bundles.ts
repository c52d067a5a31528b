import { copyFile, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';

/** `build` makes, from scratch, the folder of `dist` that has the bundle's name. */
export type Bundle = {
  readonly name: string;
  build(root: string, dist: string): Promise<void>;
};

/** Native helpers that `pg` and `ws` use where they are installed, and do without where they are not. */
const OPTIONAL_PACKAGES = ['pg-native', 'pg-cloudflare', 'bufferutil', 'utf-8-validate'];

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
      await build(
        nodeBundle({
          root,
          entry: 'cloud/local/index.ts',
          folder,
          file: 'index.mjs',
          target: 'node24',
          external: [],
        }),
      );
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
];

type NodeBundle = {
  readonly root: string;
  readonly entry: string;
  readonly folder: string;
  readonly file: string;
  readonly target: string;
  readonly external: readonly string[];
};

/** One file that needs no node_modules; what it imports dynamically from Node stays an import at run time. */
function nodeBundle({ root, entry, folder, file, target, external }: NodeBundle): InlineConfig {
  return {
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: join(root, entry),
      outDir: folder,
      emptyOutDir: true,
      target,
      minify: false,
      rolldownOptions: {
        external: [...builtinModules, /^node:/, ...OPTIONAL_PACKAGES, ...external],
        output: { format: file.endsWith('.cjs') ? 'cjs' : 'es', entryFileNames: file, codeSplitting: false },
      },
    },
  };
}
