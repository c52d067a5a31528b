import type { KeptSnapshot } from '../../cloud/contracts/feed.ts';
import { keptSnapshotSchema } from '../../cloud/contracts/feed.ts';

/** Not that of the key, which must open whatever becomes of this one. */
const DATABASE = 'vitrine-sign-memory';
const SHOWN = 'shown';
const LAST = 'last';

/** What this browser last showed, in its IndexedDB. */
export type BrowserMemory = {
  /** Null: nothing, or nothing that is still understood. Never rejects. */
  read(cloud: string): Promise<KeptSnapshot | null>;
  /** None: forgets. Rejects where the browser keeps nothing. */
  write(snapshot: KeptSnapshot | 'none'): Promise<void>;
};

export function browserMemory(indexedDb: IDBFactory): BrowserMemory {
  return {
    async read(cloud) {
      try {
        const kept = await inShown(indexedDb, 'readonly', (shown) => shown.get(LAST));
        const parsed = keptSnapshotSchema.safeParse(kept);
        return parsed.success && parsed.data.cloud === cloud ? parsed.data : null;
      } catch {
        return null;
      }
    },
    async write(snapshot) {
      await inShown(indexedDb, 'readwrite', (shown) =>
        snapshot === 'none' ? shown.delete(LAST) : shown.put(snapshot, LAST),
      );
    },
  };
}

/** Resolves once what was asked for is done for good. */
async function inShown(
  indexedDb: IDBFactory,
  mode: IDBTransactionMode,
  ask: (shown: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const database = await opened(indexedDb);
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(SHOWN, mode);
      const request = ask(transaction.objectStore(SHOWN));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? request.error);
    });
  } finally {
    database.close();
  }
}

function opened(indexedDb: IDBFactory): Promise<IDBDatabase> {
  const request = indexedDb.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(SHOWN);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
