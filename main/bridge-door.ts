import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import type { Logger } from 'pino';
import type { FeedState } from '../cloud/contracts/feed.ts';
import { type PaintedReport, paintedReportSchema } from './bridge.ts';
import { CHANNELS } from './channels.ts';
import { isOurs } from './page-address.ts';
import type { ShellFeed } from './shell-feed.ts';

type BridgeDoor = {
  readonly ipcMain: IpcMain;
  readonly contents: WebContents;
  readonly feed: Pick<ShellFeed, 'newest' | 'listen'>;
  readonly onPainted: (report: PaintedReport) => void;
  readonly log: Logger;
};

/** The shell's end of the bridge: hears the top frame of its own page, and nobody else. */
export function openBridgeDoor({ ipcMain, contents, feed, onPainted, log }: BridgeDoor): void {
  const tell = (state: FeedState): void => {
    if (!contents.isDestroyed()) contents.send(CHANNELS.feed, state);
  };
  const fromOurPage = (event: IpcMainEvent): boolean => {
    const frame = event.senderFrame;
    // Null: the frame is gone already.
    const isPage = frame !== null && frame.parent === null && event.sender === contents && isOurs(frame.url);
    if (!isPage) log.warn({ what: 'sender', detail: frame?.url ?? '' }, 'refused');
    return isPage;
  };
  feed.listen(tell);
  ipcMain.on(CHANNELS.listening, (event) => {
    if (fromOurPage(event)) tell(feed.newest());
  });
  ipcMain.on(CHANNELS.painted, (event, report: unknown) => {
    if (!fromOurPage(event)) return;
    const parsed = paintedReportSchema.safeParse(report);
    if (parsed.success) onPainted(parsed.data);
    else log.warn({ what: 'report', detail: parsed.error.issues[0]?.message ?? '' }, 'refused');
  });
}
