import type { MessageAudience, MessagePriority } from '../contracts/message.ts';

/** An operator's words to signs. What was said of it stays; only its end may come sooner. */
export type MessageRecord = {
  readonly messageId: string;
  readonly text: string;
  readonly secondText: string | null;
  readonly priority: MessagePriority;
  readonly audience: MessageAudience;
  readonly drill: boolean;
  /** Null: for every sign that has a place. */
  readonly storeGroupIds: readonly string[] | null;
  readonly by: string;
  readonly sentAtMs: number;
  /** When it is over by itself. */
  readonly endsAtMs: number;
  /** Taken back before that. */
  readonly ended: { readonly by: string; readonly atMs: number } | null;
};

/** One of a sign, and when its place first painted it; null: not yet. */
export type MessageOfPlace = MessageRecord & { readonly paintedAtMs: number | null };

export type MessagePainting = {
  readonly messageId: string;
  readonly placeId: string;
  readonly paintedAtMs: number;
};

export type MessageRecords = {
  add(message: MessageRecord): Promise<void>;
  message(messageId: string): Promise<MessageRecord | undefined>;
  /** Unknown ones are left out. */
  messages(messageIds: readonly string[]): Promise<readonly MessageRecord[]>;
  /** Not over at `nowMs`, for this group or for all, at most `limit`; the newest first. */
  inForce(asked: {
    readonly storeGroupId: string;
    readonly placeId: string;
    readonly nowMs: number;
    readonly limit: number;
  }): Promise<readonly MessageOfPlace[]>;
  /** Whoever else counts them in order to add one waits until the transaction is over. */
  countInForce(nowMs: number): Promise<number>;
  /** Of these, those that are for this group or for all, whether they are over or not. */
  meantFor(storeGroupId: string, messageIds: readonly string[]): Promise<readonly MessageRecord[]>;
  /** For one of these groups or for all, at most `limit`; null: every one. The newest first. */
  newest(storeGroupIds: readonly string[] | null, limit: number): Promise<readonly MessageRecord[]>;
  /** Takes it back. False where there is none, or it was over by then. */
  end(messageId: string, ended: { readonly by: string; readonly atMs: number }): Promise<boolean>;
  /** What is known already stays as it is: the first time counts. */
  keepPaintings(paintings: readonly MessagePainting[]): Promise<void>;
  /** In order of time. */
  paintingsOf(messageId: string): Promise<readonly MessagePainting[]>;
  /** How many places painted each, by the group that the sign there is in now; null: it is in none. */
  paintedCounts(
    messageIds: readonly string[],
  ): Promise<readonly { messageId: string; storeGroupId: string | null; places: number }[]>;
};
