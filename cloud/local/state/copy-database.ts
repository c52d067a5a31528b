import { backup, DatabaseSync } from 'node:sqlite';

/** Pages at a time. Whoever uses the same connection waits for each lot; a connection of its own delays nobody. */
const PAGES_OF_SHARED = 64;
const PAGES_OF_OWN = 256;
const BUSY_TIMEOUT_MS = 5_000;

/** Copies a database that this process holds open and nobody else may open: over that very connection. */
export async function copyOpenDatabase(database: DatabaseSync, to: string): Promise<void> {
  await backup(database, to, { rate: PAGES_OF_SHARED });
}

/** Copies a database that others may be writing, as it is at one moment, and holds up none of them. */
export async function copyDatabaseFile(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    // Within one transaction it is one moment; without, each foreign commit would make the copy begin anew (sqlite3_backup_step).
    source.exec('begin; select 1 from sqlite_schema;');
    await backup(source, to, { rate: PAGES_OF_OWN });
  } finally {
    source.close();
  }
}
