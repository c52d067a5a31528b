import type { CdpSession } from './cdp/cdp-connection.ts';
import type { Chromium } from './launch-chromium.ts';

/** Where a window is, in pixels of the screen. */
export type Bounds = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** An empty page in a window of its own. Its main frame has the target's id. */
export type Page = { readonly cdp: CdpSession; readonly targetId: string };

export async function openPage(chromium: Chromium, bounds: Bounds, isFullScreen: boolean): Promise<Page> {
  const { browser } = chromium.connection;
  const { x: left, y: top, width, height } = bounds;
  const at = { left, top, width, height };
  const { targetId } = await browser.send('Target.createTarget', {
    url: 'about:blank',
    newWindow: true,
    ...at,
  });
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
  const cdp = chromium.connection.session(sessionId);
  await Promise.all([cdp.send('Page.enable'), cdp.send('Runtime.enable'), cdp.send('Network.enable')]);
  if (isFullScreen) {
    const { windowId } = await browser.send('Browser.getWindowForTarget', { targetId });
    await browser.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'fullscreen' } });
  }
  return { cdp, targetId };
}
