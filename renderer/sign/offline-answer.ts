/** What is kept of the page, by path. */
export type Shelf = {
  match(path: string): Promise<Response | undefined>;
  put(path: string, response: Response): Promise<void>;
};

type Means = {
  readonly origin: string;
  readonly shelf: Shelf;
  readonly fetch: (request: Request) => Promise<Response>;
  /** Work that goes on after the answer. */
  readonly later: (work: Promise<unknown>) => void;
  readonly pageWithinMs?: number;
};

/** A page that is kept is shown rather than waited for any longer. */
const PAGE_WITHIN_MS = 3_000;

/** The build puts a hash of the content into the names in here. */
export const isKeptFile = (path: string): boolean => /^\/assets\/[^/?]+$/.test(path);

/** Null: none of the worker's business, such as the console, the API and SignalR. */
export function offlineAnswer(request: Request, means: Means): Promise<Response> | null {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== means.origin) return null;
  if (isKeptFile(url.pathname)) return file(url.pathname, request, means);
  const isPage = request.mode === 'navigate' && (url.pathname === '/' || url.pathname === '/index.html');
  return isPage ? page(request, means) : null;
}

/** What has its content in its name never changes. */
async function file(path: string, request: Request, { shelf, fetch, later }: Means): Promise<Response> {
  const found = await shelf.match(path);
  if (found !== undefined) return found;
  const response = await fetch(request);
  if (response.ok) later(shelf.put(path, response.clone()));
  return response;
}

/**
 * The cloud's page, so that a new one is seen at once; the kept one where the cloud is away or slow, or where something
 * else answers in its place. It is never put on the shelf here: it would stand there without its files.
 */
async function page(
  request: Request,
  { shelf, fetch, pageWithinMs = PAGE_WITHIN_MS }: Means,
): Promise<Response> {
  const fetched = fetch(request).catch(() => undefined);
  const onShelf = await shelf.match('/');
  if (onShelf === undefined) return (await fetched) ?? Response.error();
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, pageWithinMs));
  const response = await Promise.race([fetched, late]);
  return response?.ok === true ? response : onShelf;
}
