import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import type { AnswerShown } from './answer-offer.ts';

/** What stands beside the code, or in its place. */
export function answerWords({ here, said }: AnswerShown, { answering }: GlassStrings): string {
  switch (said) {
    case 'sending':
      return answering.sending;
    case 'unreachable':
      return answering.notSent;
    case 'refused':
      return answering.refused;
    case null:
      return here ? answering.press : answering.scan;
    default:
      return said satisfies never;
  }
}
