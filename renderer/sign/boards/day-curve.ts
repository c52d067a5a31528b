import { html, LitElement, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { customProperties } from '../../design/custom-properties.ts';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type } from '../../design/type.ts';
import { dayAxis } from '../view/day-axis.ts';
import { type DayLine, dayLine, isPeakNow, type Point } from '../view/day-line.ts';
import type { LocalTime } from '../view/local-time.ts';
import { dayStyles } from './day-styles.ts';

/** A label this close to an end of the axis (of 1000) is set from that end. */
const NEAR_END = 200;
/** Where the line comes this near to the figure of the limit, the figure changes sides. */
const LIMIT_FIGURE = { x: 900, y: 45 };

/** Today's people: one line from the first of them to the last that was heard, under the line of the limit. */
@customElement('day-curve')
export class DayCurve extends LitElement {
  static override styles = [type, dayStyles];

  @property({ attribute: false }) today: SnapshotContent['today'] | null = null;
  @property({ type: Number }) count = 0;
  @property({ type: Number }) limit = 1;
  /** Unix ms of the count: where the line ends. */
  @property({ type: Number }) heardAtMs = 0;
  @property({ attribute: false }) time: LocalTime | null = null;
  @property({ type: Boolean, reflect: true }) stale = false;
  @property({ attribute: false }) strings: GlassStrings = english;

  protected override render(): TemplateResult | typeof nothing {
    const { today, count, limit, time, stale, strings } = this;
    if (today === null || time === null) return nothing;
    const axis = dayAxis(today.curve, this.heardAtMs, time);
    const line = dayLine({ count, limit, today }, axis);
    const hot = count > limit && !stale;
    const limitLeft = line.end !== null && line.end.x > LIMIT_FIGURE.x && line.end.y < LIMIT_FIGURE.y;
    const dot = classMap({ dot: true, old: stale, hot });
    return html`<div class="plot" role="img" aria-label=${strings.today(today.peak?.count ?? null, limit)}>
        ${drawing(line, hot)}
        ${line.peak === null ? nothing : html`<i class="dot peak" ${at(line.peak)}></i>`}
        ${this.#peakLabel(line, axis.untilMs)}
        <p class=${classMap({ roof: true, left: limitLeft })} ${at({ x: 0, y: line.limitY })}>${limit}</p>
        ${line.end === null ? nothing : html`<i class=${dot} ${at(line.end)}></i>`}
      </div>
      <div class="hours" aria-hidden="true">
        ${axis.hours.map((hour, index) => html`<p ${at({ x: index * 250, y: 0 })}>${hour}</p>`)}
      </div>`;
  }

  #peakLabel(line: DayLine, untilMs: number): TemplateResult | typeof nothing {
    const peak = this.today?.peak ?? null;
    const place = line.peak ?? line.end;
    if (peak === null || place === null || this.time === null) return nothing;
    const isNow = isPeakNow(peak, this.count, untilMs) && !this.stale;
    // The step that a peak ends may not be over yet.
    const atMs = Math.min(peak.atMs, untilMs);
    const side = place.x < NEAR_END ? 'start' : place.x > 1_000 - NEAR_END ? 'end' : 'middle';
    return html`<p class="label ${side}" ${at(place)}>
      ${this.strings.peak} <b>${peak.count}</b>
      <span class="soft">${isNow ? this.strings.now : this.time.moment(atMs, atMs)}</span>
    </p>`;
  }
}

const at = ({ x, y }: Point) =>
  customProperties({ '--x': `${(x / 10).toFixed(2)}%`, '--y': `${y.toFixed(2)}%` });

function drawing({ path, area, peak, limitY }: DayLine, hot: boolean): TemplateResult {
  const lead = (point: Point): SVGTemplateResult =>
    svg`<line class="lead" x1=${point.x} x2=${point.x} y1="0" y2=${point.y}/>`;
  return html`<svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<line class="base" x1="0" x2="1000" y1="100" y2="100"/>
      <line class="roof" x1="0" x2="1000" y1=${limitY} y2=${limitY}/>
      ${peak === null ? nothing : lead(peak)}
      <path class="area" d=${area}/>
      <path class="today" d=${path}/>
      ${
        hot
          ? svg`<clipPath id="above"><rect x="0" y="-50" width="1000" height=${50 + limitY}/></clipPath>
            <path class="today hot" clip-path="url(#above)" d=${path}/>`
          : nothing
      }`}
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'day-curve': DayCurve;
  }
}
