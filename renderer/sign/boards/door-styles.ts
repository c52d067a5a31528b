import { css } from 'lit';

/** The fill is the state. Word and shape above, the figure with what it means below, and its people at the foot. */
export const doorStyles = css`
  :host {
    --fill: var(--unknown);
    --on: var(--on-unknown);
    --shape: calc(17 * var(--u));
    --cut: var(--fill);
    position: relative;
    isolation: isolate;
    display: grid;
    grid-template: minmax(var(--shape), 1fr) auto auto / minmax(0, 1fr) auto;
    column-gap: calc(3 * var(--u));
    padding: calc(4 * var(--u));
    background: var(--fill);
    /* The picture may stand a few px from its place: its fill still reaches the edge. */
    box-shadow: 0 0 0 8px var(--fill);
    color: var(--on);
  }
  /* Another state is one cross-fade; another figure is a cut. */
  @media (prefers-reduced-motion: no-preference) {
    :host,
    :host::before {
      transition: 160ms linear;
      transition-property: background-color, box-shadow, color, opacity;
    }
  }
  /* What is not known is hatched. */
  :host::before {
    content: '';
    position: absolute;
    inset: -8px;
    z-index: -1;
    background: repeating-linear-gradient(
      135deg,
      transparent 0 calc(3 * var(--u)),
      var(--unknown-2) 0 calc(6 * var(--u))
    );
    opacity: 0;
  }
  :host([state='unknown'])::before {
    opacity: 1;
  }
  :host([state='open']) {
    --fill: var(--open);
    --on: var(--on-open);
  }
  :host([state='nearly']) {
    --fill: var(--nearly);
    --on: var(--on-nearly);
  }
  :host([state='full']) {
    --fill: var(--full);
    --on: var(--on-full);
  }
  :host([state='closed']) {
    --fill: var(--closed);
    --on: var(--on-closed);
  }
  :host(:is([lines='wrapped'], [lines='short'])) {
    --shape: calc(13 * var(--u));
  }

  .say {
    grid-area: 1 / 1;
    position: relative;
    display: grid;
    align-content: start;
    gap: calc(1.75 * var(--u));
    min-width: 0;
  }
  .word {
    font-size: calc(var(--word, 40) * var(--arc-far));
    font-weight: var(--w-strong);
    letter-spacing: -0.035em;
    line-height: 1.06;
    text-wrap: balance;
  }
  :host(:dir(ltr)) .word {
    margin-inline-start: -0.02em;
  }
  :host([broken]) .word {
    overflow-wrap: anywhere;
  }
  .say .second {
    font-size: var(--t-line);
    letter-spacing: -0.02em;
    text-wrap: balance;
  }
  .second {
    font-weight: var(--w-light);
  }
  .mark {
    grid-area: 1 / 2;
    height: var(--shape);
  }
  .shape {
    display: block;
    height: 100%;
    aspect-ratio: 1;
    overflow: visible;
  }

  .count {
    grid-area: 2 / 1 / 3 / 3;
    display: flex;
    align-items: stretch;
    gap: calc(2 * var(--u));
    padding-top: calc(1.5 * var(--u));
  }
  count-figure {
    --figure: var(--t-figure);
    flex: none;
    align-self: end;
  }
  count-figure.four {
    --figure: calc(60 * var(--arc-far));
  }
  count-figure.many {
    --figure: calc(48 * var(--arc-far));
  }
  .time {
    flex: none;
    align-self: end;
    direction: ltr;
    font-size: var(--t-figure);
    font-weight: var(--w-strong);
    letter-spacing: -0.045em;
    line-height: 1;
    white-space: nowrap;
  }
  .beside {
    display: flex;
    flex: 1;
    flex-direction: column;
    justify-content: space-between;
    gap: calc(1.75 * var(--u));
    min-width: 0;
  }
  .of,
  .next {
    display: grid;
    gap: calc(1.5 * var(--u));
    font-size: var(--t-floor);
    letter-spacing: -0.02em;
    white-space: nowrap;
  }
  .of {
    grid-auto-flow: column;
    justify-content: start;
    gap: calc(2 * var(--u));
  }
  .of .second {
    letter-spacing: -0.015em;
  }
  .next .first {
    font-size: var(--t-line);
    font-weight: var(--w-strong);
    letter-spacing: -0.03em;
  }
  :host([state='unknown']) .next .first,
  :host(:not([lines='line'])) .next .first {
    font-size: var(--t-floor);
  }
  :host(:is([lines='stacked'], [lines='wrapped'])) .of {
    grid-auto-flow: row;
    gap: calc(1.25 * var(--u));
  }
  :host(:is([lines='wrapped'], [lines='short'])) :is(.of, .next) {
    white-space: normal;
    text-wrap: balance;
  }
  :host([lines='short']) .of .second {
    display: none;
  }
  /* Arabic reaches further below its line than the words of other letters. */
  .word:lang(ar) + .second {
    margin-top: calc(1.75 * var(--u));
  }
  /* And Japanese further above. */
  .say .second:lang(ja) {
    margin-top: calc(0.75 * var(--u));
  }
  .word:lang(ar) + .second:lang(ja) {
    margin-top: calc(2.5 * var(--u));
  }
  .beside :is(.of, .next):has(> .first:lang(ar)) {
    row-gap: calc(2 * var(--u));
  }
  .beside:has(.first:lang(ar), .of .second:lang(ar)) {
    gap: calc(2.5 * var(--u));
  }
  .of:empty,
  .next:empty {
    display: none;
  }

  people-strip {
    grid-area: 3 / 1 / 4 / 3;
    height: calc(3 * var(--u));
    margin-top: calc(3 * var(--u));
  }

  @container (orientation: portrait) {
    :host {
      --shape: 100%;
      grid-template: minmax(calc(10 * var(--u)), calc(16 * var(--u))) auto 1fr auto / minmax(0, 1fr);
      padding-block: calc(5 * var(--u));
    }
    :host(:is([lines='wrapped'], [lines='short'])) {
      --shape: 100%;
    }
    .mark {
      grid-area: 1 / 1;
      justify-self: start;
    }
    .say {
      grid-area: 2 / 1;
      margin-top: calc(3.5 * var(--u));
    }
    .say .second {
      font-size: var(--t-floor);
    }
    .count {
      grid-area: 3 / 1;
      align-self: end;
      flex-direction: column;
      gap: calc(2.25 * var(--u));
      padding-top: calc(2.25 * var(--u));
    }
    count-figure {
      --figure: calc(88 * var(--arc-far));
    }
    count-figure,
    .time {
      align-self: start;
    }
    .time {
      font-size: calc(60 * var(--arc-far));
    }
    .beside {
      flex: none;
      gap: calc(2.5 * var(--u));
    }
    people-strip {
      grid-area: 4 / 1;
    }
    .of {
      grid-auto-flow: row;
    }
    .of,
    .next {
      gap: calc(1.25 * var(--u));
    }
    .next .first {
      font-size: var(--t-floor);
    }
  }
`;
