import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { Logger } from 'pino';
import type { AnswerOutcome } from '../cloud/contracts/answering.ts';
import { type AnswerAtSign, answerAtSignSchema } from '../cloud/contracts/sign-report.ts';
import { CHANNELS } from './channels.ts';

/** Whoever leans on the key answers no more often. */
const MOST_ANSWERS = 5;
const IN_MS = 10_000;

type AnswerDoor = {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly fromOurPage: (event: IpcMainInvokeEvent) => boolean;
  readonly answer: (asked: AnswerAtSign) => Promise<AnswerOutcome>;
  readonly log: Logger;
  /** Monotonic. */
  readonly now: () => number;
};

/** Lets the page answer for an alert on its glass: one after the other, and only so many. */
export function openAnswerDoor({ ipcMain, fromOurPage, answer, log, now }: AnswerDoor): void {
  const takenAtMs: number[] = [];
  let isAsking = false;
  const refuse = (what: string, why: string): AnswerOutcome => {
    log.warn({ what, detail: why }, 'refused');
    return { kind: 'refused', why };
  };
  const mayAsk = (): boolean => {
    const nowMs = now();
    while (takenAtMs.length > 0 && nowMs - (takenAtMs[0] ?? 0) >= IN_MS) takenAtMs.shift();
    if (isAsking || takenAtMs.length >= MOST_ANSWERS) return false;
    takenAtMs.push(nowMs);
    return true;
  };
  ipcMain.handle(CHANNELS.answer, async (event, asked: unknown): Promise<AnswerOutcome> => {
    if (!fromOurPage(event)) return { kind: 'refused', why: 'not from the page of the sign' };
    const parsed = answerAtSignSchema.safeParse(asked);
    if (!parsed.success) return refuse('answer', parsed.error.issues[0]?.message ?? '');
    if (!mayAsk()) return refuse('answer', 'too many answers at once');
    isAsking = true;
    const outcome = await answer(parsed.data).finally(() => {
      isAsking = false;
    });
    log.info({ ...parsed.data, ...outcome }, 'answered at the sign');
    return outcome;
  });
}
