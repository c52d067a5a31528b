import { Worker } from 'node:worker_threads';
import * as z from 'zod';

// As text, because the cloud is one file. Of its own thread, because reading every page takes its time.
// A copy keeps the mode of its source; without a log beside it, it is one file, whole by itself.
const CHECK = `
const { parentPort, workerData } = require('node:worker_threads');
const { DatabaseSync } = require('node:sqlite');
const { file, alone } = workerData;
const database = new DatabaseSync(file, { readOnly: !alone });
try {
  if (alone) database.exec('pragma journal_mode = delete');
  const [fault] = database.prepare('pragma integrity_check(1)').all().map((row) => row.integrity_check);
  const { user_version: schemaVersion } = database.prepare('pragma user_version').get();
  parentPort.postMessage({ fault: fault === 'ok' ? null : fault, schemaVersion });
} finally {
  database.close();
}`;

const checkedSchema = z.object({ fault: z.string().nullable(), schemaVersion: z.number() });

/** `fault` in SQLite's words; null: the database is sound. `schemaVersion`: its `user_version`. */
export type CheckedDatabase = z.infer<typeof checkedSchema>;

/** Reads all of a database that nobody else uses. */
export const checkDatabase = (file: string): Promise<CheckedDatabase> => inWorker({ file, alone: false });

/** The same, of a new copy, which it makes a single file first. */
export const checkCopy = (file: string): Promise<CheckedDatabase> => inWorker({ file, alone: true });

async function inWorker(workerData: {
  readonly file: string;
  readonly alone: boolean;
}): Promise<CheckedDatabase> {
  const worker = new Worker(CHECK, { eval: true, workerData });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', (message) => resolve(checkedSchema.parse(message)));
      // A file that SQLite cannot even open is a fault of the file, told as such.
      worker.once('error', (error) => resolve({ fault: error.message, schemaVersion: 0 }));
      worker.once('exit', () => reject(new Error('the check of a database ended without a result')));
    });
  } finally {
    await worker.terminate();
  }
}
