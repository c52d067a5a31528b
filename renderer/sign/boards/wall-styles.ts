import { css } from 'lit';

/** The sum over all, and below it the tiles as large as the stores leave room for. */
export const wallStyles = css`
  :host {
    --gap: calc(0.9 * var(--c));
    display: grid;
    grid-template-rows: calc(5.2 * var(--c)) minmax(0, 1fr);
    padding: calc(2.5 * var(--c));
    background: var(--ground);
    --cut: var(--ground);
  }
  header {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--u));
    height: calc(3.4 * var(--c));
    padding-inline: calc(1 * var(--u));
    font-size: calc(22 * var(--arc-wall));
    white-space: nowrap;
  }
  h1 {
    flex: 1;
    font-weight: var(--w-strong);
    letter-spacing: -0.02em;
  }
  .missing {
    display: flex;
    align-items: center;
    gap: 0.4em;
  }
  .missing .shape {
    flex: none;
    width: 1em;
    height: 1em;
    overflow: visible;
  }
  .missing .triangle {
    color: var(--mark-warn);
    --cut: var(--warn-ink);
  }
  .missing .triangle .outline {
    stroke: var(--warn-edge);
  }
  .when {
    color: var(--ink-2);
  }
  .tiles {
    display: grid;
    grid-template: repeat(var(--rows), minmax(0, 1fr)) / repeat(var(--columns), minmax(0, 1fr));
    gap: var(--gap);
    min-height: 0;
  }
  li {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
  }
  .rest {
    align-items: center;
    padding: calc(0.6 * var(--c) * var(--scale));
    font-size: calc(16 * var(--arc-wall));
    color: var(--ink-2);
    text-wrap: balance;
  }
  .rest p {
    line-height: 1.3;
  }
  @container (orientation: portrait) {
    :host {
      grid-template-rows: calc(9.5 * var(--c)) minmax(0, 1fr);
    }
    header {
      display: grid;
      grid-template: auto auto / minmax(0, 1fr) auto;
      align-content: center;
      gap: calc(1.5 * var(--u)) calc(2 * var(--u));
      height: calc(7.5 * var(--c));
    }
    .when {
      grid-area: 1 / 2;
      font-size: calc(16 * var(--arc-wall));
    }
    .missing {
      font-size: calc(19 * var(--arc-wall));
    }
  }
`;
