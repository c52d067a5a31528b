import { css } from 'lit';

/** The label of the peak above, the hours below, and the field between them. */
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
  }
  svg * {
    vector-effect: non-scaling-stroke;
  }
  .today {
    fill: none;
    stroke: var(--ink);
    stroke-width: 0.32cqmax;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .today.hot {
    stroke: var(--mark-alarm);
    stroke-width: 0.42cqmax;
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
    stroke-width: 0.2cqmax;
  }
  :host([stale]) .area {
    opacity: 0;
  }

  .plot > :not(svg) {
    position: absolute;
    white-space: nowrap;
    left: var(--x);
    top: var(--y);
  }
  .plot > .dot {
    width: 0.95cqmax;
    height: 0.95cqmax;
    border-radius: 50%;
    background: var(--ink);
    translate: -50% -50%;
  }
  .plot > .dot.hot {
    background: var(--mark-alarm);
  }
  .plot > .dot:is(.peak, .old) {
    background: var(--ground);
    border: 0.24cqmax solid var(--ink);
  }
  .plot > .label {
    top: calc(-2.6 * var(--u));
    translate: -50% 0;
  }
  .plot > .label.start {
    left: 0;
    translate: none;
  }
  .plot > .label.end {
    left: auto;
    right: 0;
    translate: none;
  }
  .plot > p.roof {
    left: auto;
    right: 0;
    translate: 0 calc(0.6 * var(--u));
    color: var(--ink-2);
  }
  .plot > p.roof.left {
    left: 0;
    right: auto;
  }

  .hours {
    position: absolute;
    inset: auto 0 0;
    color: var(--ink-2);
  }
  .hours p {
    position: absolute;
    bottom: 0;
    left: var(--x);
    translate: -50% 0;
  }
  .hours p:first-child {
    translate: none;
  }
  .hours p:last-child {
    translate: -100% 0;
  }
`;
