import { css } from 'lit';

/**
 * What every element of the glass starts from. Text is trimmed to cap height and baseline, so a gap on the
 * grid is a gap on the glass. `clip` on one axis keeps accents and descenders of shortened words.
 */
export const type = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  p,
  h1,
  h2 {
    margin: 0;
    font-size: inherit;
    font-weight: inherit;
    line-height: 1.12;
    text-box: trim-both cap alphabetic;
  }
  b {
    font-weight: var(--w-strong);
  }
  /* Joined letters are never tracked, and nor are those that are drawn in squares of one size. */
  :is(:lang(ar), :lang(ja)):not(count-figure, .figure, .figure *) {
    letter-spacing: 0 !important;
  }
  :is(p, h1, h2):lang(ar) {
    line-height: 1.4;
  }
  :is(p, h1, h2):lang(ja) {
    line-height: 1.25;
  }
  /* Breaks only where the words say that they may. */
  :where(:lang(ja)) {
    word-break: keep-all;
  }
  /* Names and codes keep their own direction, but stand where the line of the page begins. */
  .ltr {
    direction: ltr;
  }
  :host(:dir(ltr)) :is(.ltr, [dir='auto']) {
    text-align: left;
  }
  :host(:dir(rtl)) :is(.ltr, [dir='auto']) {
    text-align: right;
  }
  .soft {
    color: var(--ink-2);
  }
  .short {
    min-width: 0;
    overflow-x: clip;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
