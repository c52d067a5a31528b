const ARABIC = /[\u0600-\u06FF\u0750-\u077F\uFB50-\uFDFF\uFE70-\uFEFF]/;
const SQUARE = /[\u3000-\u30FF\u3400-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]|[\uD840-\uD8BF]/;

/** Of words that came from a person: by their letters, as far as these want to be set in another way; else unknown. */
export function wordsLanguage(words: string): 'ar' | 'ja' | '' {
  if (ARABIC.test(words)) return 'ar';
  return SQUARE.test(words) ? 'ja' : '';
}
