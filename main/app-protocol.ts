import type { Protocol } from 'electron';
import { APP_SCHEME } from './page-address.ts';
import type { PageServer } from './page-files.ts';

/**
 * To be called before the app is ready. An origin of its own, as secure as https. Not `corsEnabled`: contrary to its
 * name it lets others read.
 */
export function registerAppScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

export function serveApp(protocol: Protocol, server: PageServer): void {
  protocol.handle(APP_SCHEME, server);
}
