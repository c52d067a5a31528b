/** Whose something is: one of two stores', of the group that holds both, or of a sign without a place. */
export type Realm = 'alpha' | 'bravo' | 'shared' | 'loose';
export type Shop = Extract<Realm, 'alpha' | 'bravo'>;

/** Stands in every name and id of a realm, so that wherever it turns up, something of that realm does. */
export const MARKS: Readonly<Record<Realm, string>> = {
  alpha: 'yy-alpha',
  bravo: 'zz-bravo',
  shared: 'xx-shared',
  loose: 'ww-loose',
};

/** A number cannot carry a mark: so many people are in each store, and nowhere else is there such a number. */
export const PEOPLE_INSIDE: Readonly<Record<Shop, number>> = { alpha: 555_513, bravo: 777_731 };

const ID_LETTER = '[A-Za-z0-9_-]';
/** What is shorter is no id, and cutting it out would tear other words apart. */
const SHORTEST_ID = 6;

/** Of `secrets`, those in a text. A caller may be told again the very ids that it sent; of a longer one they are no part. */
export function leaksIn(text: string, secrets: readonly string[], sent: readonly string[]): string[] {
  const echoes = sent
    .filter((word) => word.length >= SHORTEST_ID)
    .toSorted((one, other) => other.length - one.length);
  const rest = echoes.reduce(
    (kept, word) => kept.replace(new RegExp(`(?<!${ID_LETTER})${escaped(word)}(?!${ID_LETTER})`, 'g'), '*'),
    text,
  );
  return secrets.filter((secret) =>
    /^\d+$/.test(secret) ? new RegExp(`(?<!\\d)${secret}(?!\\d)`).test(rest) : rest.includes(secret),
  );
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** All texts in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
