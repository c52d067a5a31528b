import { css } from 'lit';
import { askStyles } from './answer-ask.ts';

/** Two columns, 45 to 24; rows align across both. Held upright, the right column goes below. */
export const managerStyles = css`
  :host {
    display: grid;
    grid-template: calc(var(--cap) * var(--t-near)) auto auto minmax(0, 1fr) / minmax(0, 45fr) minmax(0, 24fr);
    column-gap: calc(4 * var(--u));
    padding: calc(3.25 * var(--u)) calc(4 * var(--u));
  }
  .name {
    grid-area: 1 / 1;
    position: relative;
    align-self: end;
    font-size: var(--t-near);
    font-weight: var(--w-strong);
    letter-spacing: -0.02em;
  }
  .name.long-name {
    font-size: var(--t-small);
  }
  /* Of a shop with colours of its own. */
  .name::after {
    content: '';
    position: absolute;
    inset: calc(100% + 1.1 * var(--u)) 0 auto;
    height: calc(0.25 * var(--u));
    background: var(--accent-rule);
  }
  .when {
    grid-area: 1 / 2;
    justify-self: end;
    align-self: end;
    white-space: nowrap;
    color: var(--ink-2);
  }
  store-count {
    grid-area: 2 / 1;
    margin-top: calc(3 * var(--u));
  }
  door-stand {
    grid-area: 3 / 1;
    margin-top: calc(2 * var(--u));
  }
  day-curve {
    grid-area: 4 / 1;
    margin-top: calc(2.25 * var(--u));
  }
  .now {
    display: contents;
  }
  state-panel {
    grid-area: 2 / 2;
    margin-top: calc(3 * var(--u));
    min-height: 0;
  }
  flow-today {
    grid-area: 3 / 2;
    align-self: end;
  }
  ${askStyles}
  .asks {
    grid-area: 4 / 2;
    min-height: 0;
    display: flex;
    flex-direction: column;
    justify-content: end;
    gap: calc(1.5 * var(--u));
  }
  .asks answer-code {
    width: calc(8.5 * var(--u));
  }
  .asks .ask:has(answer-code) {
    margin-top: calc(2 * var(--u));
  }
  alarm-panel {
    grid-area: 1 / 2 / 5 / 3;
    min-height: 0;
    margin-block: calc(-3.25 * var(--u));
    margin-inline: calc(-2.5 * var(--u)) calc(-4 * var(--u));
    padding-block: calc(8 * var(--u)) calc(3.25 * var(--u));
    padding-inline: calc(2.5 * var(--u)) calc(4 * var(--u));
  }
  :host([told]) .now {
    grid-area: 1 / 2 / 5 / 3;
    display: flex;
    flex-direction: column;
    gap: calc(1.75 * var(--u));
    min-height: 0;
  }
  :host([told]) :is(state-panel, .asks) {
    flex: none;
    align-self: stretch;
    margin-top: 0;
  }
  :host([told]) flow-today {
    display: none;
  }
  ::slotted(message-column) {
    flex: 1;
    margin-block-start: calc(-3.25 * var(--u));
    margin-inline: calc(-2.5 * var(--u)) calc(-4 * var(--u));
    padding-block: calc(8 * var(--u)) calc(2.25 * var(--u));
    padding-inline: calc(2.5 * var(--u)) calc(4 * var(--u));
  }
  :host([told]) .when {
    z-index: 1;
    color: var(--on-nearly);
  }
  @container (orientation: landscape) {
    :is(.asking, .why).busy .asks {
      grid-area: 3 / 2 / 5 / 3;
    }
    :is(.asking, .why).busy flow-today {
      display: none;
    }
    .when.on-alarm {
      z-index: 1;
      color: var(--on-alarm);
    }
  }

  @container (orientation: portrait) {
    :host {
      grid-template: calc(var(--cap) * var(--t-near)) auto auto minmax(0, 1fr) calc(21 * var(--u)) / minmax(0, 1fr) auto;
      column-gap: calc(1.25 * var(--u));
      padding: calc(3.5 * var(--u)) calc(3 * var(--u));
    }
    .name:is(.medium-name, :lang(ar)) {
      font-size: var(--t-small);
    }
    store-count {
      grid-area: 2 / 1 / 3 / 3;
    }
    door-stand {
      grid-area: 3 / 1 / 4 / 3;
    }
    day-curve {
      grid-area: 4 / 1 / 5 / 3;
      margin-bottom: calc(2 * var(--u));
    }
    .now {
      grid-area: 5 / 1 / 6 / 3;
      display: flex;
      flex-direction: column;
      justify-content: space-between;
      padding-top: calc(0.75 * var(--u));
    }
    state-panel {
      margin-top: 0;
    }
    flow-today,
    .asks {
      align-self: stretch;
    }
    .asking .asks {
      flex: 1;
      display: grid;
      grid-template: minmax(0, 1fr) auto / minmax(0, 1fr) auto;
      align-items: end;
      margin-top: calc(1.5 * var(--u));
    }
    .asking .asks attention-list {
      grid-area: 2 / 1;
    }
    .asks answer-code {
      align-self: stretch;
    }
    :is(.asking, .why).busy {
      --strip: 0;
    }
    .asking.busy .asks {
      grid-template-columns: minmax(0, 1fr);
    }
    .now.asking flow-today {
      display: none;
    }
    .now.busy flow-today {
      display: none;
    }
    alarm-panel {
      grid-area: 5 / 1 / 6 / 3;
      margin: 0 calc(-3 * var(--u)) calc(-3.5 * var(--u));
      padding: calc(2.5 * var(--u)) calc(3 * var(--u));
    }
  }
`;
