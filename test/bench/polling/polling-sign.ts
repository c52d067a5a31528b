// The same glass, fed as signs were before there was a push: it asks every few seconds. The address says how often.
import { createCloudApi } from '../../../cloud/client/cloud-api.ts';
import { identityOf } from '../../../cloud/client/sign-identity.ts';
import { createSignIn } from '../../../cloud/client/sign-in.ts';
import { browserKey } from '../../../renderer/sign/browser-key.ts';
import { createFeed } from '../../../renderer/sign/feed-source.ts';
import { signSettings } from '../../../renderer/sign/sign-settings.ts';
import '../../../renderer/sign/sign-app.ts';

const ANSWER_WITHIN_MS = 10_000;

const everyMs = Number(new URLSearchParams(location.search).get('every'));
const feed = createFeed({ kind: 'starting', problem: null });
const app = document.createElement('sign-app');
app.feed = feed;
app.settings = signSettings(location.search, ['en']);
document.body.append(app);

const cloud = createCloudApi(location.origin, {
  fetch: (input, init) => fetch(input, init),
  timeoutMs: ANSWER_WITHIN_MS,
  signal: new AbortController().signal,
});
const signIn = createSignIn(cloud, await identityOf(await browserKey(indexedDB, crypto.subtle)));
const { signId, negotiated } = await signIn();

async function poll(): Promise<void> {
  const { storeGroupId, snapshots } = await cloud.snapshots(negotiated.session.token);
  if (storeGroupId === null) feed.tell({ kind: 'unassigned', signId, link: 'up' });
  else feed.tell({ kind: 'following', storeGroupId, stores: snapshots, link: 'up' });
}

// Signs are switched on at any moment.
setTimeout(() => setInterval(poll, everyMs), Math.random() * everyMs);
await poll();
