import { DatabaseSync } from 'node:sqlite';
import { productEpoch } from './product-epoch.ts';
import { isBusy } from './sqlite-result.ts';

/** What a restore wants to know of the platform that it replaces. */
export type PlatformBefore = {
  readonly deviceIds: readonly string[];
  readonly productEpochMs: number | undefined;
};

/** Of a database that nobody has open (else SQLite's error says that it is busy), of any version. One that is lost or damaged may be the reason for a restore: it knows nothing. */
export function readPlatform(file: string): PlatformBefore {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    const deviceIds = database
      .prepare('select device_id from devices order by device_id')
      .all()
      .map((row) => String(row.device_id));
    return { deviceIds, productEpochMs: productEpochIn(database) };
  } catch (error) {
    if (isBusy(error)) throw error;
    return { deviceIds: [], productEpochMs: undefined };
  } finally {
    database?.close();
  }
}

function productEpochIn(database: DatabaseSync): number | undefined {
  const hasNumbers = database.prepare("select 1 from sqlite_schema where name = 'sequences'").get();
  return hasNumbers === undefined ? undefined : productEpoch(database);
}
