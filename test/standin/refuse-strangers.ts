import { type CdpConnection, ignoreGone } from './cdp/cdp-connection.ts';

/**
 * A page that no window of the app has is one that another page opened. Chromium cannot be told to open none, so it is
 * closed at once, and what it asks for in between goes nowhere. Gives the ids of such pages, which are also those of
 * their main frames.
 */
export async function refuseStrangers(
  connection: CdpConnection,
  isOurs: (targetId: string) => Promise<boolean>,
): Promise<{ has(frameId: string): boolean }> {
  /** Not known to be ours: as long as a page of ours is being opened it asks for nothing. */
  const strangers = new Set<string>();
  const { browser } = connection;
  const close = async (targetId: string): Promise<void> => {
    // Playwright has new pages wait until it has looked at them. Closed while it waits, one takes the page that opened
    // it along: they share a process, and that would wait for ever.
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    await connection.session(sessionId).send('Runtime.runIfWaitingForDebugger');
    await browser.send('Target.closeTarget', { targetId });
  };
  browser.on('Target.targetCreated', async ({ targetInfo }) => {
    const { targetId, type } = targetInfo;
    if (type !== 'page') return;
    strangers.add(targetId);
    if (await isOurs(targetId)) strangers.delete(targetId);
    else ignoreGone(close(targetId));
  });
  browser.on('Target.targetDestroyed', ({ targetId }) => void strangers.delete(targetId));
  await browser.send('Target.setDiscoverTargets', { discover: true });
  return strangers;
}
