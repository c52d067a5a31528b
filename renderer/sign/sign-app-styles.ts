import { css } from 'lit';

/** The glass, the picture that may be turned on it, and the room of the board. */
export const signAppStyles = css`
  :host {
    position: fixed;
    inset: 0;
    overflow: hidden;
    container-type: size;
    background: var(--ground);
  }
  :host([asleep]) {
    background: #000;
  }
  .turn {
    position: absolute;
    inset: 0;
    container-type: size;
  }
  .turn.by-90,
  .turn.by-270 {
    inset: auto;
    left: 50%;
    top: 50%;
    width: var(--width);
    height: var(--height);
    transform: translate(-50%, -50%) rotate(90deg);
  }
  .turn.by-270 {
    transform: translate(-50%, -50%) rotate(270deg);
  }
  .turn.by-180 {
    transform: rotate(180deg);
  }
  .picture {
    position: absolute;
    inset: 0;
    display: grid;
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    translate: var(--shift-x) var(--shift-y);
    font: var(--w-text) var(--t-small) / 1 var(--font);
    font-optical-sizing: auto;
    font-variant-numeric: tabular-nums lining-nums;
    letter-spacing: -0.012em;
    color: var(--ink);
    cursor: none;
  }
  /* A message below makes it smaller, and all that is in it with it. */
  .room {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    container-type: size;
  }
  .picture > *,
  .room > * {
    min-width: 0;
    min-height: 0;
  }
`;
