import { css } from 'lit';

/** What every form of a message has. Words that a person wrote may be parted anywhere that their letters allow. */
export const messageStyles = css`
  :host {
    --hatched: repeating-linear-gradient(
      135deg,
      var(--on) 0 calc(1.75 * var(--u)),
      var(--fill) 0 calc(3.5 * var(--u))
    );
    --cut: var(--fill);
    position: relative;
    background: var(--fill);
    color: var(--on);
  }
  h1 {
    font-size: var(--first);
    font-weight: var(--w-strong);
    letter-spacing: -0.03em;
    line-height: 1.1;
    text-wrap: balance;
    word-break: normal;
  }
  .words .second {
    font-size: var(--second);
    letter-spacing: -0.02em;
    line-height: 1.2;
    text-wrap: balance;
    word-break: normal;
  }
  .words > :lang(ar) {
    line-height: 1.45;
  }
  .words > :lang(ja) {
    line-height: 1.3;
  }
  .second {
    font-weight: var(--w-light);
  }
  :host([alone]) .words .second {
    display: none;
  }
  :host([parted]) .words > * {
    overflow-wrap: anywhere;
    text-wrap: wrap;
  }
  .words {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: center;
    min-width: 0;
    min-height: 0;
  }
  .shape {
    display: block;
    flex: none;
    overflow: visible;
  }
  .drill {
    display: flex;
    gap: 0.45em;
    padding: calc(1 * var(--u)) calc(1.25 * var(--u));
    background: var(--on);
    color: var(--fill);
    white-space: nowrap;
  }
  .drill :first-child {
    font-weight: var(--w-strong);
  }
  .edge {
    position: absolute;
    inset: var(--edge-at, 0px);
    border: calc(0.5 * var(--u)) solid currentColor;
    opacity: 0;
    pointer-events: none;
  }
  @media (prefers-reduced-motion: no-preference) {
    .edge {
      animation: pulse 1s ease-in-out 10;
    }
    @keyframes pulse {
      50% {
        opacity: 0.8;
      }
    }
  }
`;
