import { css } from 'lit';

/** Name and mark, the day where there is room, the figure with its limit, and at the foot what may be done. */
export const tileStyles = css`
  :host {
    --fill: var(--tile);
    --tone: var(--mute);
    --cut: var(--fill);
    /* Words grow less than the tile: a large one is for its figure. */
    --words: calc(16 * var(--arc-wall) * (1 + (var(--scale) - 1) * 0.42));
    position: relative;
    display: grid;
    grid-template: auto minmax(0, 1fr) auto auto / minmax(0, 1fr);
    row-gap: calc((0.5 + 0.3 * var(--scale)) * var(--c));
    min-height: 0;
    padding: calc(0.62 * var(--c) * var(--scale));
    background: var(--fill);
    outline: var(--hair) solid var(--edge, transparent);
    color: var(--ink);
    font-size: var(--words);
    white-space: nowrap;
  }
  :host([state='over']) {
    --fill: var(--alarm);
    --tone: currentColor;
    --ink-2: currentColor;
    --accent: currentColor;
    --edge: var(--alarm-edge);
    color: var(--on-alarm);
  }
  :host([state='unknown']) {
    --tone: currentColor;
    --ink-2: currentColor;
    --accent: currentColor;
    --edge: var(--unknown-edge);
    background: repeating-linear-gradient(
      135deg,
      var(--unknown) 0 calc(1 * var(--u)),
      var(--unknown-2) 0 calc(2 * var(--u))
    );
    color: var(--on-unknown);
  }
  :host([state='stale']) {
    --tone: var(--ink-2);
  }
  :host([state='full']) {
    --tone: var(--mark-alarm);
  }
  :host([state='nearly']) {
    --tone: var(--mark-warn);
    --cut: var(--warn-ink);
  }
  :host([state='nearly']) .outline {
    stroke: var(--warn-edge);
  }
  header {
    display: flex;
    align-items: center;
    gap: calc(0.5 * var(--c));
    min-width: 0;
  }
  h2 {
    flex: 1;
    letter-spacing: -0.015em;
  }
  .shape {
    flex: none;
    width: 1.1em;
    height: 1.1em;
    margin-block: -0.2em;
    overflow: visible;
    color: var(--tone);
  }
  mini-day {
    align-self: end;
    height: 100%;
    max-height: calc(16 * var(--c));
  }
  .figure-line {
    display: flex;
    align-items: stretch;
    gap: calc(0.4 * var(--c) * var(--scale));
    min-width: 0;
  }
  .figure {
    direction: ltr;
    font-size: calc(var(--figure-c) * var(--c) * var(--letters) * var(--scale));
    font-weight: var(--w-strong);
    letter-spacing: -0.04em;
    line-height: 1;
  }
  .figure.hollow {
    color: var(--fill);
    -webkit-text-stroke: calc(0.22 * var(--c)) var(--ink);
    paint-order: stroke fill;
  }
  .aside {
    display: flex;
    flex: 1;
    flex-direction: column;
    justify-content: end;
    min-width: 0;
  }
  /* Arabic reaches further below its line: its word stands a little above the figure. */
  .aside:lang(ar) {
    margin-top: calc(-0.7 * var(--c));
  }
  .aside-word {
    display: none;
    font-weight: var(--w-strong);
    font-size: calc(16 * var(--arc-wall));
  }
  :host([wide]) .aside {
    justify-content: space-between;
  }
  :host([wide]) .limit:only-child {
    margin-top: auto;
  }
  :host([wide]) .aside-word {
    display: block;
  }
  .limit {
    color: var(--ink-2);
    font-weight: var(--w-light);
  }
  .word {
    font-size: calc(1.35 * var(--words));
    font-weight: var(--w-strong);
    letter-spacing: -0.02em;
  }
  .foot {
    letter-spacing: -0.015em;
  }
  :host(:is([state='over'], [state='full'])) .foot {
    font-weight: var(--w-strong);
  }
  .stand {
    position: absolute;
    inset: auto 0 0;
    height: calc(0.28 * var(--c));
    transform: scaleX(var(--way));
    background: linear-gradient(90deg, var(--ink-2) calc(100% * (1 - var(--silent))), transparent 0),
      repeating-linear-gradient(
        135deg,
        var(--ink-2) 0 calc(0.22 * var(--c)),
        transparent 0 calc(0.6 * var(--c))
      );
  }
`;
