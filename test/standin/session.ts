import { EventEmitter } from 'node:events';
import type { Session as ElectronSession } from 'electron';
import type { CdpSession } from './cdp/cdp-connection.ts';
import { preventableEvent } from './preventable-event.ts';
import type { Protocol } from './protocol.ts';
import { WebRequest } from './web-request.ts';

type RequestHandler = NonNullable<Parameters<ElectronSession['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<ElectronSession['setPermissionCheckHandler']>[0]>;
type Permission = Parameters<RequestHandler>[1] & Parameters<CheckHandler>[1];
type Contents = Parameters<RequestHandler>[0];

/** Electron's name of a permission, and the names that Chromium asks for under it. */
const PERMISSIONS: readonly (readonly [Permission, ...(readonly string[])])[] = [
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['geolocation', 'geolocation'],
  ['idle-detection', 'idle-detection'],
  ['local-fonts', 'local-fonts'],
  ['media', 'camera', 'microphone'],
  ['midi', 'midi'],
  ['notifications', 'notifications'],
  ['persistent-storage', 'persistent-storage'],
  ['screen-wake-lock', 'screen-wake-lock'],
  ['sensors', 'accelerometer', 'gyroscope', 'magnetometer'],
  ['storage-access', 'storage-access'],
  ['window-management', 'window-management'],
];

type Offered = 'setPermissionRequestHandler' | 'setPermissionCheckHandler';

export class Session extends EventEmitter implements Pick<ElectronSession, Offered> {
  readonly protocol: Protocol;
  readonly webRequest = new WebRequest();
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;

  constructor(protocol: Protocol) {
    super();
    this.protocol = protocol;
  }

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }

  /**
   * DevTools cannot say that a page asks for a permission, so the app is asked for every one before a page is
   * loaded. Without handlers everything is granted, as in Electron.
   */
  async settlePermissions(browser: CdpSession, contents: Contents, url: string): Promise<void> {
    const settled = PERMISSIONS.map(async ([permission, ...names]) => {
      const setting = (await this.#isGranted(contents, permission, url)) ? 'granted' : 'denied';
      const told = names.map((name) =>
        browser.send('Browser.setPermission', { permission: { name }, setting }),
      );
      await Promise.all(told);
    });
    await Promise.all(settled);
  }

  async #isGranted(contents: Contents, permission: Permission, url: string): Promise<boolean> {
    const details = { isMainFrame: true, requestingUrl: url };
    if (this.#check !== null && !this.#check(contents, permission, url, details)) return false;
    const request = this.#request;
    if (request === null) return true;
    return new Promise((resolve) => request(contents, permission, resolve, details));
  }

  /** Nothing is ever saved: the app is told of the download, and whether it prevents it or not, it ends there. */
  async refuseDownloads(
    browser: CdpSession,
    contentsOf: (frameId: string) => object | undefined,
  ): Promise<void> {
    browser.on('Browser.downloadWillBegin', (begun) => {
      const item = {
        getURL: () => this.protocol.fromChromium(begun.url),
        getFilename: () => begun.suggestedFilename,
        cancel: () => undefined,
      };
      this.emit('will-download', preventableEvent({}), item, contentsOf(begun.frameId));
    });
    await browser.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true });
  }
}
