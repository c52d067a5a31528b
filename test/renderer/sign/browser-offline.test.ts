import { expect, test } from 'vitest';
import { fetchedPaths } from '../../../renderer/sign/browser-offline.ts';
import { offlineAnswer } from '../../../renderer/sign/offline-answer.ts';

const ORIGIN = 'https://signs.example';
const FILE = '/assets/index-a1b2.js';

/** What is asked for. Node makes no request that navigates. */
const asked = (path: string, { mode = 'navigate', method = 'GET' } = {}) =>
  ({ url: new URL(path, ORIGIN).href, mode, method }) as Request;

/** A worker that has `kept`, before a cloud that gives `answer`. */
function aWorker(kept: Readonly<Record<string, string>>, answer: () => Promise<Response>) {
  const shelf = new Map(Object.entries(kept));
  const later: Promise<unknown>[] = [];
  let calls = 0;
  const ask = (request: Request) =>
    offlineAnswer(request, {
      origin: ORIGIN,
      shelf: {
        match: async (path) => (shelf.has(path) ? new Response(shelf.get(path)) : undefined),
        put: async (path, response) => void shelf.set(path, await response.text()),
      },
      fetch: () => {
        calls += 1;
        return answer();
      },
      later: (work) => void later.push(work),
      pageWithinMs: 1,
    });
  return {
    ask,
    said: async (request: Request) => (await ask(request))?.text(),
    done: () => Promise.all(later),
    shelf,
    calls: () => calls,
  };
}

const away = () => Promise.reject(new Error('the cloud is away'));

test('the page is the newest that the cloud has, and that is not kept without its files', async () => {
  const worker = aWorker({ '/': 'old page' }, async () => new Response('new page'));
  expect(await worker.said(asked('/?board=door'))).toBe('new page');
  expect(worker.shelf.get('/')).toBe('old page');
});

test.each([
  ['is away', away],
  ['never answers', () => new Promise<Response>(() => {})],
  ['is being started', async () => new Response('Bad gateway', { status: 502 })],
  ['is behind the login of a network', async () => Response.redirect(`${ORIGIN}/login`)],
])('where the cloud %s the page is the one that is kept', async (_, answer) => {
  const worker = aWorker({ '/': 'kept page' }, answer);
  expect(await worker.said(asked('/?board=door'))).toBe('kept page');
});

test('a file that is kept is not fetched, and one that is not is kept from then on', async () => {
  const worker = aWorker({}, async () => new Response('script'));
  expect(await worker.said(asked(FILE, { mode: 'cors' }))).toBe('script');
  await worker.done();
  expect(await worker.said(asked(FILE, { mode: 'cors' }))).toBe('script');
  expect(worker.calls()).toBe(1);
});

test('a file that the cloud does not have is not kept', async () => {
  const worker = aWorker({}, async () => new Response('Not found', { status: 404 }));
  await worker.said(asked(FILE, { mode: 'cors' }));
  await worker.done();
  expect(worker.shelf.size).toBe(0);
});

test.each([
  asked('/api/signs/me/snapshots', { mode: 'cors' }),
  asked('/api/docs'),
  asked('/client/?hub=vitrine', { mode: 'cors' }),
  asked('/console/'),
  asked('/console/assets/index-a1b2.js', { mode: 'cors' }),
  asked('/', { mode: 'cors' }),
  asked('/', { method: 'POST' }),
  asked('https://elsewhere.example/', { mode: 'navigate' }),
])('the worker leaves alone: $method $url', (request) => {
  expect(aWorker({ '/': 'kept page' }, away).ask(request)).toBeNull();
});

test('a page names to its worker what it fetched from its own cloud', () => {
  const names = [`${ORIGIN}${FILE}`, 'https://elsewhere.example/assets/x.js'];
  const timeline = { getEntriesByType: () => names.map((name) => ({ name }) as PerformanceEntry) };
  expect(fetchedPaths(timeline, ORIGIN)).toEqual([FILE]);
});
