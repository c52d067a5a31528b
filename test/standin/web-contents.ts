import { EventEmitter } from 'node:events';
import type { CDPSession } from '@playwright/test';
import type {
  NativeImage as ElectronNativeImage,
  WebContents as ElectronWebContents,
  IpcMainInvokeEvent,
  RenderProcessGoneDetails,
  WebPreferences,
} from 'electron';
import { ignoreGone } from './cdp/cdp-connection.ts';
import type { CdpEvent } from './cdp/cdp-events.ts';
import { watchForHang } from './hang-watch.ts';
import type { IpcMain } from './ipc-main.ts';
import type { Chromium } from './launch-chromium.ts';
import { LoadError } from './load-error.ts';
import { MainFrame } from './main-frame.ts';
import { NativeImage } from './native-image.ts';
import type { Page } from './open-page.ts';
import { PreloadChannel } from './preload-channel.ts';
import { preventableEvent } from './preventable-event.ts';
import type { Navigation, Requester } from './requests.ts';
import type { Session } from './session.ts';

type Offered =
  | 'capturePage'
  | 'executeJavaScript'
  | 'forcefullyCrashRenderer'
  | 'getURL'
  | 'id'
  | 'isCrashed'
  | 'isDestroyed'
  | 'reload'
  | 'send'
  | 'setWindowOpenHandler';
type WindowOpenHandler = Parameters<ElectronWebContents['setWindowOpenHandler']>[0];
type GoneReason = RenderProcessGoneDetails['reason'];

export type WebContentsParts = {
  readonly chromium: Chromium;
  readonly session: Session;
  readonly ipcMain: IpcMain;
};

const NO_DOCUMENT = 'about:blank';
const JPEG_QUALITY = 80;
const FAILED_DOCUMENT = 'chrome-error://chromewebdata/';
/** Chromium's words for the end of a process, where Electron has others. */
const GONE_REASONS: Record<string, GoneReason> = {
  abnormal: 'abnormal-exit',
  killed: 'killed',
  normal: 'clean-exit',
  oom: 'oom',
};
let lastId = 0;

export class WebContents extends EventEmitter implements Pick<ElectronWebContents, Offered>, Requester {
  readonly id = ++lastId;
  readonly mainFrame = new MainFrame();
  readonly session: Session;
  readonly #parts: WebContentsParts;
  readonly #preferences: WebPreferences;
  readonly #page: Promise<Page>;
  #targetId: string | undefined;
  #channel: PreloadChannel | undefined;
  #windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' });
  #isNavigationOurs = false;
  #isCrashed = false;
  #isDestroyed = false;
  #watch: AbortController | undefined;

  constructor(parts: WebContentsParts, preferences: WebPreferences, opening: Promise<Page>) {
    super();
    this.#parts = parts;
    this.#preferences = preferences;
    this.session = parts.session;
    this.#page = opening.then((page) => this.#take(page));
    // The app may end before the page is there.
    ignoreGone(this.#page);
  }

  /** What Playwright knows the page by; undefined until Chromium has opened it. */
  get targetId(): string | undefined {
    return this.#targetId;
  }

  async loadURL(url: string): Promise<void> {
    const { cdp } = await this.#page;
    const { protocol } = this.session;
    await this.session.settlePermissions(
      this.#parts.chromium.connection.browser,
      this as unknown as ElectronWebContents,
      url,
    );
    const finished = new Promise<void>((resolve, reject) => {
      this.once('did-finish-load', resolve);
      this.once('destroyed', () => reject(new LoadError('net::ERR_FAILED', url)));
    });
    finished.catch(() => undefined);
    this.#isNavigationOurs = true;
    const { errorText } = await cdp.send('Page.navigate', { url: protocol.toChromium(url) });
    if (errorText === undefined) return finished;
    const error = new LoadError(errorText, url);
    this.emit('did-fail-load', {}, error.errno, error.code, url, true);
    throw error;
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  reload(): void {
    this.#isNavigationOurs = true;
    this.#tell('Page.reload');
  }

  send(channel: string, ...args: unknown[]): void {
    this.#channel?.send(channel, args);
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler;
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const { cdp } = await this.#page;
    const evaluation = { expression: code, awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', evaluation);
    if (exceptionDetails === undefined) return result.value;
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }

  async capturePage(): Promise<ElectronNativeImage> {
    const { cdp } = await this.#page;
    const [png, jpeg] = await Promise.all([
      cdp.send('Page.captureScreenshot', { format: 'png' }),
      cdp.send('Page.captureScreenshot', { format: 'jpeg', quality: JPEG_QUALITY }),
    ]);
    const image = new NativeImage(Buffer.from(png.data, 'base64'), Buffer.from(jpeg.data, 'base64'));
    return image as unknown as ElectronNativeImage;
  }

  forcefullyCrashRenderer(): void {
    // A page that is stuck in a loop does not hear `Page.crash` before it is let out of it.
    this.#tell('Runtime.terminateExecution');
    this.#tell('Page.crash');
  }

  isCrashed(): boolean {
    return this.#isCrashed;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  /** Resolves when Chromium has opened the page; rejects if it cannot. */
  async opened(): Promise<void> {
    await this.#page;
  }

  /** For the window, which owns the page: it is gone. */
  destroyed(): void {
    this.#isDestroyed = true;
    this.#watch?.abort();
    this.emit('destroyed');
  }

  async #take(page: Page): Promise<Page> {
    const { cdp, targetId } = page;
    this.#targetId = targetId;
    const { preload } = this.#preferences;
    if (preload !== undefined) {
      this.#channel = await PreloadChannel.open(cdp, targetId, preload, {
        onSend: (channel, args) => this.#parts.ipcMain.emit(channel, this.#event(), ...args),
        onInvoke: (channel, args) => this.#parts.ipcMain.invoke(channel, this.#event(), args),
      });
    }
    this.#listen(page);
    this.#startWatch(page);
    return page;
  }

  #listen(page: Page): void {
    const { cdp, targetId } = page;
    const { browser } = this.#parts.chromium.connection;
    cdp.on('Page.frameNavigated', ({ frame }) => this.#navigated(frame, page));
    cdp.on('Page.navigatedWithinDocument', ({ url, frameId }) => {
      if (frameId === targetId) this.mainFrame.url = this.session.protocol.fromChromium(url);
    });
    cdp.on('Page.domContentEventFired', () => this.emit('dom-ready', {}));
    cdp.on('Page.loadEventFired', () => this.#loaded());
    cdp.on('Page.windowOpen', ({ url, windowName }) => this.#refuseWindow(url, windowName));
    cdp.on('Page.frameRequestedNavigation', ({ url, disposition }) => {
      if (disposition === 'newTab' || disposition === 'newWindow') this.#refuseWindow(url, '');
    });
    cdp.on('Page.javascriptDialogOpening', () => this.#tell('Page.handleJavaScriptDialog', { accept: true }));
    browser.on('Target.targetCrashed', (crash) => {
      if (crash.targetId === targetId)
        this.#crashed(GONE_REASONS[crash.status] ?? 'crashed', crash.errorCode);
    });
  }

  #navigated(frame: CdpEvent<'Page.frameNavigated'>['frame'], page: Page): void {
    if (frame.parentId !== undefined || frame.url === NO_DOCUMENT) return;
    this.#isCrashed = false;
    this.#startWatch(page);
    const failedUrl = frame.url === FAILED_DOCUMENT ? frame.unreachableUrl : undefined;
    this.mainFrame.url = this.session.protocol.fromChromium(failedUrl ?? frame.url);
    this.emit('did-navigate', {}, this.mainFrame.url, 200, '');
  }

  #loaded(): void {
    if (this.mainFrame.url !== '') this.emit('did-finish-load', {});
  }

  /** From the page's beginning, or a new one after a crash, to its end. */
  #startWatch({ cdp }: Page): void {
    if (this.#watch !== undefined || this.#isDestroyed) return;
    this.#watch = new AbortController();
    const ping = () => cdp.send('Runtime.evaluate', { expression: '0' });
    const listeners = { onHung: () => this.emit('unresponsive'), onBack: () => this.emit('responsive') };
    void watchForHang(ping, listeners, this.#watch.signal);
  }

  #crashed(reason: GoneReason, exitCode: number): void {
    this.#isCrashed = true;
    this.#watch?.abort();
    this.#watch = undefined;
    this.emit('render-process-gone', {}, { reason, exitCode });
  }

  /** The app is asked, but `allow` is taken as `deny`: see `refuseStrangers`. */
  #refuseWindow(url: string, frameName: string): void {
    this.#windowOpenHandler({
      url: this.session.protocol.fromChromium(url),
      frameName,
      features: '',
      disposition: 'new-window',
      referrer: { url: this.getURL(), policy: 'default' },
    });
  }

  /** What the app itself loads or reloads is not asked about. */
  mayNavigate({ url, isMainFrame, isRedirect }: Navigation): boolean {
    const isOurs = isMainFrame && this.#isNavigationOurs;
    if (isMainFrame && !isRedirect) this.#isNavigationOurs = false;
    const isAllowedBy = (name: string): boolean => {
      const frame = isMainFrame ? this.mainFrame : null;
      const event = preventableEvent({ url, isMainFrame, isSameDocument: false, frame });
      this.emit(name, event, url);
      return !event.defaultPrevented;
    };
    if (isRedirect) return isAllowedBy('will-redirect');
    return isOurs || (isAllowedBy('will-frame-navigate') && (!isMainFrame || isAllowedBy('will-navigate')));
  }

  /** For what the page may be told, and need not hear if it is gone. */
  #tell<Method extends Parameters<CDPSession['send']>[0]>(method: Method, params?: object): void {
    ignoreGone(this.#page.then(({ cdp }) => cdp.send(method, params as never)));
  }

  #event(): IpcMainInvokeEvent {
    const frame = this.mainFrame;
    const event = {
      type: 'frame',
      sender: this,
      senderFrame: frame,
      processId: frame.processId,
      frameId: frame.routingId,
    };
    return event as unknown as IpcMainInvokeEvent;
  }
}
