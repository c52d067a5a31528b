import type { App, Session, WebContents } from 'electron';
import type { Logger } from 'pino';
import { isOurs, isPage } from './page-address.ts';

type LockDown = { readonly app: App; readonly session: Session; readonly log: Logger };

/** How many requests the page made since the start: for its own files, and for anything else. */
export type RequestCounts = { own: number; refused: number };

/** Whatever a page may try that a sign never does is refused and on record. To be called before the first window. */
export function lockDown({ app, session, log }: LockDown): Readonly<RequestCounts> {
  const requests: RequestCounts = { own: 0, refused: 0 };
  const refuse = (what: string, detail: string): void => log.warn({ what, detail }, 'refused');

  app.on('web-contents-created', (_event, contents) => lockContents(contents, refuse));
  // Without a handler Electron grants everything.
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    refuse('permission', permission);
    decide(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.on('will-download', (event, item) => {
    event.preventDefault();
    refuse('download', item.getURL());
  });
  // The last of the doors: the page's own policy stops its requests before they come here.
  session.webRequest.onBeforeRequest((details, decide) => {
    const isOwn = isOurs(details.url);
    requests[isOwn ? 'own' : 'refused'] += 1;
    if (!isOwn) refuse('request', details.url);
    decide({ cancel: !isOwn });
  });
  return requests;
}

type Refuse = (what: string, detail: string) => void;

function lockContents(contents: WebContents, refuse: Refuse): void {
  contents.setWindowOpenHandler(({ url }) => {
    refuse('window', url);
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    refuse('webview', '');
  });
  const stay = (what: string) => (event: { readonly url: string; preventDefault(): void }) => {
    if (isPage(event.url)) return;
    event.preventDefault();
    refuse(what, event.url);
  };
  // The first comes for every frame; the second, for the top one, comes only where the first let it pass.
  contents.on('will-frame-navigate', stay('navigation'));
  contents.on('will-navigate', stay('navigation'));
  contents.on('will-redirect', stay('redirect'));
}
