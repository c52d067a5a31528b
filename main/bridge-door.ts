import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import type { Logger } from 'pino';
import type { AnswerOutcome } from '../cloud/contracts/answering.ts';
import type { FeedState } from '../cloud/contracts/feed.ts';
import type { AnswerAtSign } from '../cloud/contracts/sign-report.ts';
import { openAnswerDoor } from './answer-door.ts';
import { type PaintedReport, paintedReportSchema } from './bridge.ts';
import { CHANNELS } from './channels.ts';
import { isOurs } from './page-address.ts';
import type { ShellFeed } from './shell-feed.ts';

type BridgeDoor = {
  readonly ipcMain: IpcMain;
  readonly contents: WebContents;
  readonly feed: Pick<ShellFeed, 'newest' | 'listen'>;
  readonly onPainted: (report: PaintedReport) => void;
  readonly answer: (asked: AnswerAtSign) => Promise<AnswerOutcome>;
  readonly log: Logger;
  /** Monotonic. */
  readonly now: () => number;
};

/** The shell's end of the bridge: hears the top frame of its own page, and nobody else. */
export function openBridgeDoor(door: BridgeDoor): void {
  const { ipcMain, contents, feed, onPainted, log } = door;
  const tell = (state: FeedState): void => {
    if (!contents.isDestroyed()) contents.send(CHANNELS.feed, state);
  };
  const fromOurPage = (event: IpcMainEvent | IpcMainInvokeEvent): boolean => {
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
  openAnswerDoor({ ...door, fromOurPage });
}
