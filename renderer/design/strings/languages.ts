/** What the glass speaks: ISO 639-1, as in a sign's settings. */
export const LANGUAGES = ['en', 'es', 'fr', 'de', 'ja', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];
