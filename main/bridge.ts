import type { AnswerOutcome } from '../cloud/contracts/answering.ts';
import type { FeedState } from '../cloud/contracts/feed.ts';
import { type AnswerAtSign, type Picture, pictureSchema } from '../cloud/contracts/sign-report.ts';

/** What is on the glass, told after each new picture. */
export const paintedReportSchema = pictureSchema;
export type PaintedReport = Picture;

/** All that the page has of the world: `window.vitrine`. */
export type VitrineBridge = {
  /** Told the newest state soon after, and then each new one; the answer ends it. */
  onFeed(listener: (state: FeedState) => void): () => void;
  painted(report: PaintedReport): void;
  /** Somebody at the sign answers for an alert. */
  answer(asked: AnswerAtSign): Promise<AnswerOutcome>;
};
