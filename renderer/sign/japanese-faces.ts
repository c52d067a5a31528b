const JAPANESE = /[\u3000-\u30FF\u3400-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]|[\uD840-\uD8BF]/;

/** Which slice of the Japanese face has which letters is a long list: the page fetches it where it shows any. */
export class JapaneseFaces {
  #asked = false;

  /** `words`: some of what stands on the glass; asked anew until they came. */
  fetchFor(words: () => string): void {
    if (this.#asked || !JAPANESE.test(words())) return;
    this.#asked = true;
    import('../design/japanese-faces.css').catch(() => {
      this.#asked = false;
    });
  }
}
