import { css } from 'lit';

/** The labels of the peaks above, the hours below, and the field between them. */
export const dayStyles = css`
  :host {
    position: relative;
    min-height: 0;
  }
  .plot {
    position: absolute;
    inset: calc(2.6 * var(--u)) 0 calc(2.75 * var(--u));
  }
  svg {
    display: block;
    width: 100%;
    height: 100%;
    overflow: visible;
    scale: var(--way) 1;
  }
  svg * {
    vector-effect: non-scaling-stroke;
  }
  .today {
    fill: none;
    stroke: var(--accent);
    stroke-width: calc(0.32 * var(--c));
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  path.usual {
    fill: none;
    stroke: var(--mute);
    stroke-width: calc(0.2 * var(--c));
    stroke-dasharray: 0.01 calc(0.5 * var(--c));
    stroke-linecap: round;
  }
  .today.hot {
    stroke: var(--mark-alarm);
    stroke-width: calc(0.42 * var(--c));
  }
  .area {
    fill: var(--ink);
    opacity: 0.08;
  }
  line {
    stroke-width: var(--hair);
  }
  line.base {
    stroke: var(--rule);
  }
  line.roof {
    stroke: var(--mute);
  }
  line.lead {
    stroke: var(--ink-2);
  }
  :host([stale]) .today {
    stroke-width: calc(0.2 * var(--c));
  }
  :host([stale]) .area {
    opacity: 0;
  }

  .plot > :not(svg) {
    position: absolute;
    white-space: nowrap;
    inset-inline-start: var(--x);
    top: var(--y);
  }
  .plot > .dot {
    width: calc(0.95 * var(--c));
    height: calc(0.95 * var(--c));
    border-radius: 50%;
    background: var(--ink);
    translate: calc(-50% * var(--way)) -50%;
  }
  .plot > .dot.hot {
    background: var(--mark-alarm);
  }
  .plot > .dot:is(.peak, .old) {
    background: var(--ground);
    border: calc(0.24 * var(--c)) solid var(--ink);
  }
  .plot > .label {
    top: calc(-2.6 * var(--u));
    translate: calc(-50% * var(--way)) 0;
  }
  .plot > .label.start {
    inset-inline-start: 0;
    translate: none;
  }
  .plot > .label.end {
    inset-inline: auto 0;
    translate: none;
  }
  .plot > .label.usual {
    translate: none;
  }
  :host([crowded]) :is(.label, line).usual {
    display: none;
  }
  .plot > p.roof {
    inset-inline: auto 0;
    translate: 0 calc(0.6 * var(--u));
    color: var(--ink-2);
  }
  .plot > p.roof.left {
    inset-inline: 0 auto;
  }

  .hours {
    position: absolute;
    inset: auto 0 0;
    color: var(--ink-2);
  }
  .hours p {
    position: absolute;
    bottom: 0;
    inset-inline-start: var(--x);
    translate: calc(-50% * var(--way)) 0;
  }
  .hours p:first-child {
    translate: none;
  }
  .hours p:last-child {
    translate: calc(-100% * var(--way)) 0;
  }
`;
