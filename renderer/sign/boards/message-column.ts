import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { shape } from '../../design/shape.ts';
import { type } from '../../design/type.ts';
import { areWithin, fitMessage, type MessageStep } from './fit-message.ts';
import { MessageElement } from './message-element.ts';
import { messageStyles } from './message-styles.ts';

const near = (minutes: number): string => `calc(${minutes} * var(--arc-near))`;
const STEPS: readonly MessageStep[] = [
  ...[36, 32, 28].map((arc) => ({ first: near(arc), second: near(22), lines: 5 })),
  ...[26, 24, 22, 19].map((arc) => ({ first: near(arc), second: near(16) })),
  { first: near(16), second: near(16) },
];

/** A warning beside the count of a manager's board: edge to edge, where an alarm would stand. */
@customElement('message-column')
export class MessageColumn extends MessageElement {
  static override styles = [
    type,
    messageStyles,
    css`
      :host {
        --fill: var(--nearly);
        --on: var(--on-nearly);
        display: grid;
        grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
        gap: calc(1.75 * var(--u));
        min-height: 0;
        /* The picture may stand a few px from its place: the fill still reaches the edge. */
        --past: calc(4px * var(--way));
        box-shadow: var(--past) 0 var(--fill), var(--past) -4px var(--fill);
        font-size: var(--t-small);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: calc(1.25 * var(--u)) calc(1.5 * var(--u));
      }
      .shape {
        width: calc(4.5 * var(--u));
        height: calc(4.5 * var(--u));
      }
      .drill {
        padding: calc(0.75 * var(--u)) calc(0.9 * var(--u));
      }
      .words {
        align-content: start;
        gap: calc(1.5 * var(--u));
      }
      .words > * + :lang(ar),
      .words :lang(ar) + * {
        margin-top: calc(1 * var(--u));
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const { message, more } = this;
    if (message === null) return nothing;
    return html`<header>
        ${shape('triangle')}${this.drill(message)}
        ${this.until === '' ? nothing : html`<p class="until">${this.until}</p>`}
      </header>
      <div class="words">${this.words(message)}</div>
      ${more === 0 ? nothing : html`<p class="more">${this.strings.andMore(more)}</p>`}<i class="edge"></i>`;
  }

  protected override fit(): void {
    const words = this.found('.words');
    const said = this.all('.words > *');
    const [first] = said;
    const last = said.at(-1);
    if (words === null || first === undefined || last === undefined) return;
    fitMessage(
      this,
      STEPS,
      () => last.offsetTop + last.offsetHeight - first.offsetTop <= words.clientHeight + 1 && areWithin(said),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-column': MessageColumn;
  }
}
