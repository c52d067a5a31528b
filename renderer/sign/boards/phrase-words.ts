import { html, type TemplateResult } from 'lit';
import type { Phrase } from '../../design/strings/glass-strings.ts';
import { isLongWord } from '../view/figure-size.ts';

/** A phrase as `<b>` for what is read from afar and `<span>` for the words around it. */
export const phraseWords = (phrase: Phrase): readonly TemplateResult[] =>
  phrase.map(({ text, strong }) =>
    strong ? html`<b>${text}</b>` : html`<span class=${isLongWord(text) ? 'long' : ''}>${text}</span>`,
  );
