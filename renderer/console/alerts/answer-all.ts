import { problemWords } from '../api/ask.ts';
import type { Question } from '../signs/ask-first.ts';
import { answerAlert } from '../stores/store-record.ts';
import { counted } from '../view/words.ts';
import type { AlertRow } from './alert-rows.ts';

/** Those of the rows that nobody has answered; what was put aside asks nobody. */
export const unanswered = (rows: readonly AlertRow[]): readonly AlertRow[] =>
  rows.filter(({ alert, standing }) => alert.acknowledged === null && standing !== 'shelved');

export function answerAllQuestion(rows: readonly AlertRow[]): Question {
  const stores = new Set(rows.map(({ content }) => content.store.id)).size;
  return {
    heading: `Acknowledge ${counted(rows.length, 'alert')}?`,
    words: `They are alerts of ${counted(stores, 'store')}. The signs show your name beside each, and nobody else is asked. It cannot be taken back.`,
    act: `Acknowledge ${rows.length}`,
  };
}

type Answer = typeof answerAlert;

/** One call an alert, one after the other; says what became of them. */
export async function answerAll(
  rows: readonly AlertRow[],
  by: string,
  answer: Answer = answerAlert,
): Promise<string> {
  const failed: string[] = [];
  for (const { alert, content, words } of rows) {
    try {
      await answer(content.store.id, alert, by);
    } catch (problem) {
      failed.push(`${content.store.name}, ${words}: ${problemWords(problem)}`);
    }
  }
  const done = `${counted(rows.length - failed.length, 'alert')} acknowledged.`;
  return failed.length === 0
    ? `${done} The signs show that you have seen them.`
    : `${done} ${failed.length} not: ${failed.join(' ')}`;
}
