import { isKeptFile, offlineAnswer, type Shelf } from './offline-answer.ts';

/** Put in by the build: a digest of all its files, and those that the page needs at its start or may need later. */
declare const OFFLINE_VERSION: string;
declare const OFFLINE_FILES: readonly string[];

/** The part of the worker's own scope that is used here. */
type Extendable = Event & { waitUntil(what: Promise<unknown>): void };
type Fetched = Extendable & { readonly request: Request; respondWith(what: Promise<Response>): void };
type Scope = EventTarget & {
  readonly caches: CacheStorage;
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
};

const PREFIX = 'vitrine-sign-';
const NAME = PREFIX + OFFLINE_VERSION;
const scope = globalThis as unknown as Scope;
const shelf: Shelf = {
  match: async (path) => (await scope.caches.open(NAME)).match(path),
  put: async (path, response) => (await scope.caches.open(NAME)).put(path, response),
};

scope.addEventListener('install', (event) => {
  (event as Extendable).waitUntil(install());
});

scope.addEventListener('activate', (event) => {
  (event as Extendable).waitUntil(activate());
});

scope.addEventListener('fetch', (event) => {
  const fetched = event as Fetched;
  const answer = offlineAnswer(fetched.request, {
    origin: scope.location.origin,
    shelf,
    fetch: (request) => fetch(request),
    later: (work) => fetched.waitUntil(work),
  });
  if (answer !== null) fetched.respondWith(answer);
});

/** The page names what it had fetched before there was a worker: the faces of its letters. */
scope.addEventListener('message', (event) => {
  const { data } = event as MessageEvent<unknown>;
  const named = Array.isArray(data) ? data.filter((path) => typeof path === 'string') : [];
  (event as unknown as Extendable).waitUntil(Promise.all(named.filter(isKeptFile).map(keep)));
});

/** All or nothing: a page is never kept without what it runs on. */
async function install(): Promise<void> {
  const cache = await scope.caches.open(NAME);
  const page = new Request('/', { cache: 'no-cache' });
  await cache.addAll([page, ...OFFLINE_FILES]);
  await scope.skipWaiting();
}

async function activate(): Promise<void> {
  const names = await scope.caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(old.map((name) => scope.caches.delete(name)));
  await scope.clients.claim();
}

async function keep(path: string): Promise<void> {
  if ((await shelf.match(path)) !== undefined) return;
  const response = await fetch(path);
  if (response.ok) await shelf.put(path, response);
}
