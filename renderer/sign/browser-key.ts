const DATABASE = 'vitrine-sign';
const KEYS = 'keys';
const SIGN_KEY = 'sign';
const ES256: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };

/** `code` is stable; the cause is the browser's own error. */
export class BrowserKeyError extends Error {
  readonly code = 'ERR_BROWSER_KEY';

  constructor(cause: unknown) {
    super('cannot keep a key in this browser', { cause });
    this.name = 'BrowserKeyError';
  }
}

/**
 * The key that this browser is known by: made once, kept in IndexedDB, its private half never readable.
 * Throws a `BrowserKeyError` where the browser keeps nothing.
 */
export async function browserKey(indexedDb: IDBFactory, subtle: SubtleCrypto): Promise<CryptoKeyPair> {
  try {
    const database = await opened(indexedDb);
    try {
      const kept = await keptKey(database);
      if (kept !== undefined) return kept;
      // A transaction ends while the key is made, so two tabs may both come here: the first one to keep wins.
      const made = await subtle.generateKey(ES256, false, ['sign', 'verify']);
      return (await keepFirst(database, made)) ? made : ((await keptKey(database)) ?? made);
    } finally {
      database.close();
    }
  } catch (cause) {
    throw new BrowserKeyError(cause);
  }
}

function opened(indexedDb: IDBFactory): Promise<IDBDatabase> {
  const request = indexedDb.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(KEYS);
  return settled(request);
}

const keptKey = (database: IDBDatabase): Promise<CryptoKeyPair | undefined> =>
  settled<CryptoKeyPair | undefined>(database.transaction(KEYS).objectStore(KEYS).get(SIGN_KEY));

/** False where another tab was first. */
function keepFirst(database: IDBDatabase, key: CryptoKeyPair): Promise<boolean> {
  const transaction = database.transaction(KEYS, 'readwrite', { durability: 'strict' });
  const request = transaction.objectStore(KEYS).add(key, SIGN_KEY);
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(true);
    transaction.onabort = () => {
      if (request.error?.name === 'ConstraintError') resolve(false);
      else reject(transaction.error ?? request.error);
    };
  });
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
