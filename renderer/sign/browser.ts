// What older browsers lack comes before what uses it.
import './browser-older.ts';
import { PaintedGlass } from '../../cloud/client/painted-glass.ts';
import { createSnapshotKeeper, withMemory } from '../../cloud/client/snapshot-keeper.ts';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import { languageFor } from '../design/strings/strings-for.ts';
import { browserAbout } from './browser-about.ts';
import { BrowserBoards } from './browser-boards.ts';
import { browserExecutors } from './browser-executors.ts';
import { browserKey } from './browser-key.ts';
import { BrowserLanguages } from './browser-languages.ts';
import { browserMemory } from './browser-memory.ts';
import { fetchedPaths, keepPageOffline } from './browser-offline.ts';
import { keepScreenOn } from './browser-wake-lock.ts';
import { createFeed } from './feed-source.ts';
import { fetchedClient } from './fetched-client.ts';
import { signSettings } from './sign-settings.ts';
import './sign-app.ts';

/** Of a page that is open for months, on disks that wear out. */
const REMEMBERED_EVERY_MS = 3_000;
const FETCHED_AGAIN_MS = 5_000;
const LATE_AFTER_MS = 15_000;
const UNANSWERED: FeedState = {
  kind: 'starting',
  problem: `The cloud at ${location.origin} does not answer.`,
  trouble: 'unreachable',
};

const boards = new BrowserBoards();
const languages = new BrowserLanguages();
const query = new URLSearchParams(location.search);
const spoken = query.get('lang');
await languages.fetchFor([
  languageFor(spoken === null ? navigator.languages : [spoken, ...navigator.languages]),
  query.get('second'),
]);

const settings = signSettings(location.search, navigator.languages);
const feed = createFeed({ kind: 'starting', problem: null });
const life = new AbortController();

document.documentElement.lang = settings.strings.language;
const app = document.createElement('sign-app');
app.feed = feed;
app.settings = settings;
const glass = new PaintedGlass(() => performance.now());
// Two frames on: the first is about to be painted, the second only comes once it was.
app.addEventListener('drawn', ({ detail }) => {
  requestAnimationFrame(() => requestAnimationFrame(() => glass.report(detail)));
});
document.body.append(app);
void fetchChosen({ kind: 'starting', problem: null });

addEventListener('pagehide', () => life.abort());
// A page that comes back from the browser's own memory has a feed that ended when it left.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});
keepScreenOn(navigator.wakeLock, document, life.signal);

// Not awaited: the files that come later use this one, and would wait for its end.
void start();

/** The cloud is where the page came from. */
async function start(): Promise<void> {
  const { notSecure, noKey } = settings.strings;
  // Without https or a local address there is no crypto.subtle, and without it no key.
  if (!isSecureContext) {
    feed.tell({ kind: 'starting', problem: notSecure, trouble: 'not-secure' });
    return;
  }
  const remembered = remembering();
  const fetched = fetchedClient({
    load: () =>
      Promise.all([
        import('../../cloud/client/follow-cloud.ts'),
        import('../../cloud/client/sign-identity.ts'),
      ]),
    isCloudThere: async () => (await fetch('./', { cache: 'no-store' }).catch(() => null))?.ok === true,
    pause: () => timePassed(FETCHED_AGAIN_MS),
    late: () => timePassed(LATE_AFTER_MS),
    reload: () => location.reload(),
    onFailure: async () => (await remembered)(UNANSWERED),
  });
  const tell = await remembered;
  const [{ followCloud }, { identityOf }] = await fetched;
  try {
    const followed = followCloud({
      cloudUrl: location.origin,
      identity: await identityOf(await browserKey(indexedDB, crypto.subtle)),
      signal: life.signal,
      fetch: (input, init) => fetch(input, init),
      onState: tell,
      report: {
        about: browserAbout,
        boot: crypto.randomUUID(),
        glass,
        executors: browserExecutors(sessionStorage, location),
      },
    });
    app.answer = followed.answer;
  } catch {
    feed.tell({ kind: 'starting', problem: noKey, trouble: 'no-key' });
    return;
  }
  await keepPageOffline(navigator.serviceWorker, () => fetchedPaths(performance, location.origin));
}

function timePassed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What was last shown here stands at once, until the cloud has spoken; what it says is kept for the next time. */
async function remembering(): Promise<(state: FeedState) => void> {
  const memory = browserMemory(indexedDB);
  const remembered = await memory.read(location.origin);
  feed.tell(withMemory({ kind: 'starting', problem: null }, remembered));
  const keeper = createSnapshotKeeper({
    cloud: location.origin,
    write: memory.write,
    now: Date.now,
    // Then the page starts with nothing, as it did before.
    onFailure: () => undefined,
    spacingMs: REMEMBERED_EVERY_MS,
  });
  life.signal.addEventListener('abort', () => void keeper.close());
  return (state) => {
    keeper.keep(state);
    feed.tell(withMemory(state, remembered));
    void fetchChosen(state);
  };
}

/** Of what people chose for this sign, what the page did not have so far. */
async function fetchChosen(state: FeedState): Promise<void> {
  const chosen = ('sign' in state ? state.sign?.settings : null) ?? null;
  const wanted = [
    boards.fetch(chosen?.board ?? settings.board),
    languages.fetchFor([chosen?.language, chosen?.secondLanguage]),
    ...('messages' in state && state.messages?.length ? [boards.fetch('messages')] : []),
    ...('offer' in state && state.offer ? [boards.fetch('pairing')] : []),
    ...('identify' in state && state.identify ? [boards.fetch('identify')] : []),
  ];
  if ((await Promise.all(wanted)).includes(true)) app.requestUpdate();
}
