import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import uPlot from 'uplot';
import { LightElement } from '../../elements/light-element.ts';
import { chartOptions } from './chart-options.ts';
import type { Colours } from './draw.ts';
import type { Picture } from './picture.ts';

const HEIGHT = 264;
const COLOUR_NAMES = [
  ...['line', 'text', 'text-2', 'text-3', 'surface', 'near', 'near-text', 'near-wash'],
  ...['full-text', 'full-wash', 'curve', 'curve-fill', 'curve-raw'],
] as readonly (keyof Colours)[];

/** A picture of the count over time. */
@customElement('history-chart')
export class HistoryChart extends LightElement {
  @property({ attribute: false }) picture: Picture | undefined;
  /** What it shows, for who does not see it. */
  @property({ attribute: false }) words = '';
  #chart: uPlot | undefined;
  readonly #resized = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width > 0 && width !== this.#chart?.width) this.#chart?.setSize({ width, height: HEIGHT });
  });
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#anew);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scheme.removeEventListener('change', this.#anew);
    this.#end();
  }

  protected override render(): TemplateResult {
    return html`<div class="chart" role="img" aria-label=${this.words}></div><p class="readout tn" aria-hidden="true"></p>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { picture } = this;
    if (picture === undefined || !changed.has('picture')) return;
    if (this.#chart === undefined || kindOf(changed.get('picture')) !== kindOf(picture)) this.#draw();
    else this.#chart.setData(columns(picture));
  }

  #draw(): void {
    const place = this.querySelector<HTMLElement>('.chart');
    const { picture } = this;
    if (place === null || picture === undefined) return;
    this.#end();
    const options = chartOptions({
      picture: () => this.picture ?? picture,
      colours: coloursOf(place),
      say: (words) => {
        const readout = this.querySelector('.readout');
        if (readout !== null) readout.textContent = words;
      },
    });
    const width = Math.max(200, Math.floor(place.clientWidth));
    this.#chart = new uPlot({ ...options, width, height: HEIGHT }, columns(picture), place);
    this.#resized.observe(place);
  }

  #end(): void {
    this.#resized.disconnect();
    this.#chart?.destroy();
    this.#chart = undefined;
  }

  readonly #anew = (): void => this.#draw();
}

/** What cannot be changed in a chart that stands. */
const kindOf = (picture: Picture | undefined): string =>
  JSON.stringify([picture?.span, picture?.timeZone, picture?.lines.map(({ look }) => look)]);

const columns = ({ times, lines }: Picture): uPlot.AlignedData => [
  [...times],
  ...lines.map(({ values }) => [...values]),
];

/** The canvas knows no custom properties. */
function coloursOf(place: HTMLElement): Colours {
  const read = (name: string) => {
    place.style.color = `var(--${name})`;
    const { color } = getComputedStyle(place);
    place.style.color = '';
    return color;
  };
  return Object.fromEntries(COLOUR_NAMES.map((name) => [name, read(name)])) as Colours;
}

declare global {
  interface HTMLElementTagNameMap {
    'history-chart': HistoryChart;
  }
}
