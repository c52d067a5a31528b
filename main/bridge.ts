import * as z from 'zod';
import type { FeedState } from '../cloud/contracts/feed.ts';
import { countSchema, idSchema } from '../cloud/contracts/identifiers.ts';

/** What is on the glass, told after each new picture. Null: a board without a store. */
export const paintedReportSchema = z.strictObject({
  shown: z.nullable(
    z.strictObject({
      storeId: idSchema,
      epoch: z.int(),
      revision: countSchema,
      freshness: z.enum(['live', 'ageing', 'stale', 'unknown']),
    }),
  ),
});
export type PaintedReport = z.infer<typeof paintedReportSchema>;

/** All that the page has of the world: `window.vitrine`. */
export type VitrineBridge = {
  /** Told the newest state soon after, and then each new one; the answer ends it. */
  onFeed(listener: (state: FeedState) => void): () => void;
  painted(report: PaintedReport): void;
};
