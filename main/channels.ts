/** What crosses between the shell and its page. Without imports, for the preload holds nothing but itself. */
export const CHANNELS = {
  /** Page to shell: it listens now, tell it the newest state. */
  listening: 'vitrine:listening',
  /** Shell to page: a `FeedState`. */
  feed: 'vitrine:feed',
  /** Page to shell: a `PaintedReport`. */
  painted: 'vitrine:painted',
  /** Page to shell and back: an `AnswerAtSign`, an `AnswerOutcome`. */
  answer: 'vitrine:answer',
} as const;
