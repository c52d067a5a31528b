/** One curve of a picture: `values` beside its times. */
export type Line = {
  readonly look: 'main' | 'raw' | 'usual' | 'bars';
  readonly word: string;
  readonly values: readonly (number | null)[];
};

/** What a chart draws, in Unix seconds as the chart takes them. */
export type Picture = {
  readonly span: Span;
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly limits: { readonly soft: number; readonly hard: number };
  readonly marks: readonly Mark[];
  readonly gaps: readonly Gap[];
  readonly from: number;
  readonly until: number;
  readonly top: number;
  /** Null where the present is not in it. */
  readonly now: number | null;
  readonly timeZone: string;
  /** Where a word stands below it; null: wherever there is room for a time of day. */
  readonly ticks: readonly { readonly at: number; readonly words: string }[] | null;
};

export type Span = 'today' | 'week' | 'weeks';
/** A correction: by how many the count was changed. */
export type Mark = { readonly at: number; readonly people: number };
/** A door of which nothing was known. */
export type Gap = { readonly from: number; readonly until: number; readonly words: string };

/** The same numbers for who reads them. */
export type PictureTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};
