import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import uPlot from 'uplot';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { LightElement } from '../elements/light-element.ts';
import { clockWords } from '../view/words.ts';
import { type DayPlot, dayPlot, dayWords } from './day-plot.ts';

const HEIGHT = 250;

/** Today's curve with its limits. */
@customElement('day-chart')
export class DayChart extends LightElement {
  @property({ attribute: false }) content: SnapshotContent | undefined;
  #chart: uPlot | undefined;
  /** What is drawn: the chart asks for its ranges each time. */
  #plot: DayPlot = { times: [], counts: [], from: 0, until: 1, top: 1 };
  readonly #resized = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width > 0) this.#chart?.setSize({ width, height: HEIGHT });
  });
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scheme.removeEventListener('change', this.#redraw);
    this.#resized.disconnect();
    this.#chart?.destroy();
    this.#chart = undefined;
  }

  protected override render(): TemplateResult {
    const { content } = this;
    const plot = content === undefined ? null : dayPlot(content);
    return html`<div class="chart" role="img" aria-label=${content === undefined ? '' : dayWords(content)} ?hidden=${plot === null}></div>
      <p class="q" ?hidden=${plot !== null}>Nobody was counted today so far.</p>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { content } = this;
    const plot = content === undefined ? null : dayPlot(content);
    const before = changed.get('content');
    const isOther =
      before?.store.id !== content?.store.id ||
      before?.limits.hard !== content?.limits.hard ||
      before?.limits.soft !== content?.limits.soft;
    if (isOther || plot === null) {
      this.#chart?.destroy();
      this.#chart = undefined;
    }
    if (content === undefined || plot === null) return;
    if (this.#chart === undefined) this.#draw(content, plot);
    else {
      this.#plot = plot;
      this.#chart.setData(columns(plot, content));
    }
  }

  #draw(content: SnapshotContent, plot: DayPlot): void {
    const place = this.querySelector<HTMLElement>('.chart');
    if (place === null) return;
    this.#plot = plot;
    const colour = (name: string) => {
      place.style.color = `var(${name})`;
      const { color } = getComputedStyle(place);
      place.style.color = '';
      return color;
    };
    const { timeZone } = content.store;
    const axis = {
      stroke: colour('--text-3'),
      font: '11.5px "Inter Variable"',
      ticks: { show: false },
      grid: { stroke: colour('--line'), width: 1 },
    };
    this.#chart = new uPlot(
      {
        width: Math.max(200, Math.floor(place.clientWidth)),
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        padding: [8, 20, 0, 0],
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), timeZone),
        scales: {
          x: { time: true, range: () => [this.#plot.from, this.#plot.until] },
          y: { range: () => [0, this.#plot.top] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            values: (_, ticks) => ticks.map((at) => clockWords(at * 1_000, timeZone)),
            space: 64,
          },
          {
            ...axis,
            size: 40,
            incrs: [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000],
          },
        ],
        series: [
          {},
          { stroke: colour('--curve'), width: 2, fill: colour('--curve-fill'), points: { show: false } },
          { stroke: colour('--near'), width: 1.5, dash: [5, 4], points: { show: false } },
          { stroke: colour('--full-text'), width: 1.5, dash: [5, 4], points: { show: false } },
        ],
      },
      columns(plot, content),
      place,
    );
    this.#resized.disconnect();
    this.#resized.observe(place);
  }

  readonly #redraw = (): void => {
    this.#chart?.destroy();
    this.#chart = undefined;
    this.requestUpdate();
  };
}

/** The limits go on to the end of the picture. */
function columns({ times, counts, from, until }: DayPlot, { limits }: SnapshotContent): uPlot.AlignedData {
  const all = [from, ...times, until];
  return [all, [null, ...counts, null], all.map(() => limits.soft), all.map(() => limits.hard)];
}

declare global {
  interface HTMLElementTagNameMap {
    'day-chart': DayChart;
  }
}
