import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Logger, pino } from 'pino';
import { openDataFolder } from '../../cloud/local/open-data-folder.ts';
import { startUpkeep, type Upkeep, type UpkeepOptions } from '../../cloud/local/upkeep/start-upkeep.ts';

/** A data folder with a product of one table, `counts`, that a test writes as an app would. */
export type TestDataFolder = Disposable & {
  readonly folder: string;
  readonly productFile: string;
  readonly logged: readonly string[];
  readonly log: Logger;
  /** One commit. */
  count(...people: readonly number[]): void;
  counts(file?: string): readonly number[];
  /** The names in `backups`, what is hidden too. */
  backups(): readonly string[];
  start(options?: Partial<UpkeepOptions>): Promise<StartedUpkeep>;
};

export type StartedUpkeep = Upkeep &
  AsyncDisposable & { readonly database: Awaited<ReturnType<typeof openDataFolder>>['database'] };

export function aDataFolder(): TestDataFolder {
  const parent = mkdtempSync(join(tmpdir(), 'upkeep-'));
  const folder = join(parent, 'data');
  const productFile = join(folder, 'vitrine.db');
  mkdirSync(folder, { mode: 0o700 });
  const logged: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => void logged.push(line) });
  const sql = <T>(file: string, work: (database: DatabaseSync) => T): T => {
    const database = new DatabaseSync(file);
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  sql(productFile, (database) =>
    database.exec(
      'pragma journal_mode = wal; create table counts (number integer primary key, people integer)',
    ),
  );
  return {
    folder,
    productFile,
    logged,
    log,
    count: (...people) =>
      sql(productFile, (database) => {
        const insert = database.prepare('insert into counts (people) values (?)');
        database.exec('begin');
        for (const one of people) insert.run(one);
        database.exec('commit');
      }),
    counts: (file = productFile) =>
      sql(file, (database) =>
        database
          .prepare('select people from counts order by number')
          .all()
          .map((row) => Number(row.people)),
      ),
    backups: () => readdirSync(join(folder, 'backups')),
    async start(options = {}) {
      const { database, close } = await openDataFolder(folder, productFile);
      const given = { dataFolder: folder, productFile, database, backUpAt: undefined, log, now: Date.now };
      const upkeep = await startUpkeep({ ...given, ...options });
      return {
        ...upkeep,
        database,
        async [Symbol.asyncDispose]() {
          await upkeep.close();
          close();
        },
      };
    },
    [Symbol.dispose]: () => rmSync(parent, { recursive: true, force: true }),
  };
}

/** Every file below a folder with its bytes, to see whether anything changed. */
export function bytesBelow(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path, readFileSync(path).toString('base64')];
    }),
  );
}
