import { followCloud } from '../../cloud/client/follow-cloud.ts';
import { PaintedGlass } from '../../cloud/client/painted-glass.ts';
import { identityOf } from '../../cloud/client/sign-identity.ts';
import { browserAbout } from './browser-about.ts';
import { browserExecutors } from './browser-executors.ts';
import { browserKey } from './browser-key.ts';
import { createFeed } from './feed-source.ts';
import { signSettings } from './sign-settings.ts';
import './sign-app.ts';

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

addEventListener('pagehide', () => life.abort());
// A page that comes back from the browser's own memory has a feed that ended when it left.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

await start();

/** The cloud is where the page came from. */
async function start(): Promise<void> {
  // Without https or a local address there is no crypto.subtle, and without it no key.
  if (!isSecureContext) {
    feed.tell({ kind: 'starting', problem: settings.strings.notSecure });
    return;
  }
  try {
    followCloud({
      cloudUrl: location.origin,
      identity: await identityOf(await browserKey(indexedDB, crypto.subtle)),
      signal: life.signal,
      fetch: (input, init) => fetch(input, init),
      onState: feed.tell,
      report: { about: browserAbout, glass, executors: browserExecutors(sessionStorage, location) },
    });
  } catch {
    feed.tell({ kind: 'starting', problem: settings.strings.noKey });
  }
}
