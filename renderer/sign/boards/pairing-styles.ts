import { css } from 'lit';

/** The code as wide as the glass; below it what to compare, how long it lasts, and a picture to scan. */
export const pairingStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / auto auto minmax(0, 1fr);
    column-gap: calc(6 * var(--u));
    padding: calc(4 * var(--u));
    background: var(--ground);
  }
  .how {
    grid-area: 1 / 1 / 2 / 4;
    display: grid;
    gap: calc(2 * var(--u));
    min-width: 0;
  }
  h1 {
    font-size: var(--t-line);
    letter-spacing: -0.03em;
    line-height: 1.15;
    text-wrap: balance;
  }
  .where {
    font-size: var(--t-near);
    color: var(--ink-2);
    letter-spacing: -0.015em;
  }
  .code {
    grid-area: 2 / 1 / 3 / 4;
    align-self: center;
    display: flex;
    justify-content: space-between;
    column-gap: 0.45em;
    font-size: calc(var(--size, 9) * var(--c));
    font-weight: var(--w-strong);
    letter-spacing: 0.02em;
    line-height: 1;
    white-space: nowrap;
  }
  .code span {
    text-box: trim-both cap alphabetic;
  }
  .print,
  .left {
    grid-area: 3 / 1;
    align-self: end;
    display: grid;
    gap: calc(1.5 * var(--u));
    white-space: nowrap;
  }
  .left {
    grid-area: 3 / 2;
  }
  .value {
    font-size: var(--t-line);
    font-weight: var(--w-strong);
    font-feature-settings: 'zero';
  }
  .qr {
    grid-area: 3 / 3;
    justify-self: end;
    align-self: end;
    width: calc(15 * var(--u));
    height: calc(15 * var(--u));
    background: #fff;
    color: #101417;
  }
  .qr.waiting {
    background: none;
  }
  @container (orientation: portrait) {
    :host {
      grid-template: auto auto minmax(0, 1fr) auto / minmax(0, 1fr) auto;
      column-gap: calc(3 * var(--u));
      padding: calc(5 * var(--u)) calc(3.5 * var(--u));
    }
    .how {
      grid-area: 1 / 1 / 2 / 3;
    }
    h1 {
      font-size: var(--t-floor);
    }
    .where {
      font-size: var(--t-small);
    }
    .code {
      grid-area: 2 / 1 / 3 / 3;
      display: grid;
      gap: calc(3 * var(--u));
      margin-top: calc(5 * var(--u));
    }
    :host(:dir(rtl)) .code {
      direction: rtl;
    }
    .qr {
      grid-area: 3 / 1 / 4 / 3;
      justify-self: start;
      align-self: center;
      width: calc(22 * var(--u));
      height: calc(22 * var(--u));
    }
    .print {
      grid-area: 4 / 1;
    }
    .left {
      grid-area: 4 / 2;
    }
  }
`;
