import type { SignSettings } from '../../contracts/sign-report.ts';
import {
  brandCell,
  displayCell,
  numberCell,
  textCell,
  wholeCell,
  wordCell,
  yesCell,
  yesNo,
} from './cells.ts';

/** The columns of how a sign is set, in their order. */
export const settingsColumns = {
  board: wordCell,
  language: wordCell,
  theme: wordCell,
  farMetres: numberCell,
  secondLanguage: wordCell,
  panelInches: numberCell,
  turnedDegrees: wholeCell,
  display: displayCell,
  brand: brandCell,
  wordsOpen: textCell,
  wordsNearly: textCell,
  wordsFull: textCell,
  wordsUnknown: textCell,
  wordsClosed: textCell,
  muted: yesCell,
  answering: wordCell,
};

const WORDS = {
  wordsOpen: 'open',
  wordsNearly: 'nearly',
  wordsFull: 'full',
  wordsUnknown: 'unknown',
  wordsClosed: 'closed',
} as const;

const isWords = (column: string): column is keyof typeof WORDS => column in WORDS;

/** Settings with the cells of a row laid over them: an empty one takes a setting away. */
export function settingsUnder(
  settings: SignSettings,
  cells: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const after: Record<string, unknown> = { ...settings };
  const words: Record<string, unknown> = { ...settings.words };
  for (const [column, value] of Object.entries(cells)) {
    if (isWords(column)) put(words, WORDS[column], value);
    else put(after, column, value);
  }
  put(after, 'words', Object.keys(words).length === 0 ? undefined : words);
  // Every sign has a board; the others are optional.
  after.board ??= 'manager';
  return after;
}

function put(fields: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) delete fields[name];
  else fields[name] = value;
}

/** In the order of the columns. */
export function settingsRow({
  words,
  display,
  muted,
  brand,
  ...settings
}: SignSettings): (string | number)[] {
  const told: Record<string, string | number | undefined> = {
    ...settings,
    ...(display && { display: typeof display === 'string' ? display : `${display.on}-${display.off}` }),
    ...(brand && { brand: `${brand.ground} ${brand.ink} ${brand.accent}` }),
    ...(muted !== undefined && { muted: yesNo(muted) }),
  };
  for (const [column, name] of Object.entries(WORDS)) told[column] = words?.[name] ?? '';
  return Object.keys(settingsColumns).map((column) => told[column] ?? '');
}

/** The column of a field of a sign's description. */
export function columnOfSign([field, setting, inner]: readonly PropertyKey[]): string {
  if (field !== 'settings' || setting === undefined) return 'name';
  const words = Object.entries(WORDS).find(([, name]) => setting === 'words' && name === inner);
  return words?.[0] ?? String(setting);
}
