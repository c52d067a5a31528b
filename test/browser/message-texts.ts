import type { ShownMessage } from '../../cloud/contracts/message.ts';
import { aMessage } from './message-states.ts';

/** As long as a message may be. */
const MOST_LETTERS = 160;

const filled = (words: string): string => words.repeat(8).slice(0, MOST_LETTERS).trim();

export const LONGEST_WORD = 'Donaudampfschifffahrtsgesellschaftskasse';

/** Of each language: some words as people say them, and as many as there may be. */
export const TEXTS = {
  en: filled('The lift is out of order until noon, please take the stairs beside the main entrance. '),
  es: filled('El ascensor no funciona hasta mediodía, usen la escalera junto a la entrada principal. '),
  fr: filled('L’ascenseur est en panne jusqu’à midi, prenez l’escalier à côté de l’entrée principale. '),
  de: filled('Der Aufzug ist bis zwölf Uhr außer Betrieb, bitte nehmen Sie die Rolltreppe am Haupteingang. '),
  ja: filled('エレベーターは正午まで使えません。正面入口の横にある階段をご利用ください。'),
  ar: filled('المصعد معطل حتى الظهر، يرجى استعمال الدرج بجانب المدخل الرئيسي للمتجر. '),
} as const;

export type Spoken = keyof typeof TEXTS;

/** The longest ones, in two languages; and in one language a word of forty letters, and one that is short. */
export function messagesOf(language: Spoken, other: Spoken): Readonly<Record<string, Partial<ShownMessage>>> {
  const long = { text: TEXTS[language], secondText: TEXTS[other] };
  if (language !== 'de') return { long };
  return {
    long,
    'some lines': { text: TEXTS.de.slice(0, 58) },
    short: { text: TEXTS.de.slice(0, 12).trim() },
    'one word': { text: LONGEST_WORD, secondText: LONGEST_WORD },
  };
}

/** With a drill's word and with others behind it: as much as ever stands around the words. */
export const crowd = (difference: Partial<ShownMessage>): readonly ShownMessage[] => [
  aMessage({ ...difference, drill: true, endsInMs: 6 * 24 * 3_600_000 }),
  aMessage({ messageId: 'm-2' }),
  aMessage({ messageId: 'm-3' }),
];
