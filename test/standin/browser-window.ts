import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, BrowserWindow as ElectronBrowserWindow } from 'electron';
import { ignoreGone } from './cdp/cdp-connection.ts';
import { type Bounds, openPage, type Page } from './open-page.ts';
import { preventableEvent } from './preventable-event.ts';
import { WebContents, type WebContentsParts } from './web-contents.ts';

type Offered =
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getBounds'
  | 'id'
  | 'isDestroyed'
  | 'isFullScreen'
  | 'isKiosk'
  | 'isVisible'
  | 'loadURL'
  | 'show';

const DEFAULT_WIDTH = 800;
const DEFAULT_HEIGHT = 600;

export type WindowParts = WebContentsParts & {
  /** The windows that are open, oldest first. */
  readonly windows: Set<Window>;
  readonly onCreated: (window: Window) => void;
  readonly onLastClosed: () => void;
};

export class Window extends EventEmitter implements Pick<ElectronBrowserWindow, Offered> {
  readonly id: number;
  readonly webContents: WebContents;
  readonly #parts: WindowParts;
  readonly #isKiosk: boolean;
  readonly #isFullScreen: boolean;
  readonly #bounds: Bounds;
  readonly #opening: Promise<Page>;
  #isVisible: boolean;
  #isDestroyed = false;

  constructor(parts: WindowParts, options: BrowserWindowConstructorOptions) {
    super();
    const { width: screenWidth, height: screenHeight } = parts.chromium.screen;
    const { x = 0, y = 0, width = DEFAULT_WIDTH, height = DEFAULT_HEIGHT } = options;
    this.#parts = parts;
    this.#isKiosk = options.kiosk === true;
    this.#isFullScreen = this.#isKiosk || options.fullscreen === true;
    this.#bounds = this.#isFullScreen
      ? { x: 0, y: 0, width: screenWidth, height: screenHeight }
      : { x, y, width, height };
    this.#isVisible = options.show !== false;
    this.#opening = openPage(parts.chromium, this.#bounds, this.#isFullScreen);
    this.webContents = new WebContents(parts, options.webPreferences ?? {}, this.#opening);
    this.id = this.webContents.id;
    this.#listen();
    parts.windows.add(this);
    parts.onCreated(this);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  /** Recorded only: Chromium shows the window from the start. */
  show(): void {
    this.#isVisible = true;
    this.emit('show');
  }

  focus(): void {
    ignoreGone(
      this.#opening.then(({ targetId }) => this.#browser.send('Target.activateTarget', { targetId })),
    );
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  isKiosk(): boolean {
    return this.#isKiosk;
  }

  isFullScreen(): boolean {
    return this.#isFullScreen;
  }

  getBounds(): Bounds {
    return this.#bounds;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  close(): void {
    if (this.#isDestroyed) return;
    const event = preventableEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    ignoreGone(this.#opening.then(({ targetId }) => this.#browser.send('Target.closeTarget', { targetId })));
    this.#closed();
  }

  get #browser() {
    return this.#parts.chromium.connection.browser;
  }

  #listen(): void {
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    this.webContents.on('unresponsive', () => this.emit('unresponsive'));
    this.webContents.on('responsive', () => this.emit('responsive'));
    this.#browser.on('Target.targetDestroyed', ({ targetId }) => {
      if (targetId === this.webContents.targetId) this.#closed();
    });
  }

  #closed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#parts.windows.delete(this);
    this.webContents.destroyed();
    this.emit('closed');
    if (this.#parts.windows.size === 0) this.#parts.onLastClosed();
  }
}
