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
import { UsualPlace } from './usual-place.ts';

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

  constructor() {
    super();
    new UsualPlace(this);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { today, count, limit, time, stale, strings } = this;
    if (today === null || time === null) return nothing;
    const axis = dayAxis(today.curve, this.heardAtMs, time, today.usual ?? null);
    const line = dayLine({ count, limit, today }, axis);
    const hot = count > limit && !stale;
    const meetsLimit = ({ x, y }: Point) => x > LIMIT_FIGURE.x && y < LIMIT_FIGURE.y;
    const limitLeft = [line.end, ...(line.usual?.points ?? [])].some((point) => point && meetsLimit(point));
    const dot = classMap({ dot: true, old: stale, hot });
    return html`<div class="plot" role="img" aria-label=${strings.today(today.peak?.count ?? null, limit)}>
        ${drawing(line, hot)}
        ${line.peak === null ? nothing : html`<i class="dot peak" ${at(line.peak)}></i>`}
        ${this.#peakLabel(line, axis.untilMs)} ${this.#usualLabel(line, time)}
        <p class=${classMap({ roof: true, left: limitLeft })} ${at({ x: 0, y: line.limitY })}>${limit}</p>
        ${line.end === null ? nothing : html`<i class=${dot} ${at(line.end)}></i>`}
      </div>
      <div class="hours" aria-hidden="true">
        ${axis.hours.map((hour, index) => html`<p ${at({ x: (index * 1_000) / (axis.hours.length - 1), y: 0 })}>${hour}</p>`)}
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
    return html`<p class="label peak ${side}" ${at(place)}>
      ${this.strings.peak} <b>${peak.count}</b>
      <span class="soft">${isNow ? this.strings.now : this.time.moment(atMs, atMs)}</span>
    </p>`;
  }

  #usualLabel({ usual }: DayLine, time: LocalTime): TemplateResult | typeof nothing {
    const peak = usual?.peak;
    if (!peak) return nothing;
    return html`<p class="label usual" data-x=${peak.x.toFixed(2)}>
      <span class="soft">${this.strings.usual}</span> <b>${peak.count}</b>
      <span class="soft">${time.moment(peak.atMs, peak.atMs)}</span>
    </p>`;
  }
}

const at = ({ x, y }: Point) =>
  customProperties({ '--x': `${(x / 10).toFixed(2)}%`, '--y': `${y.toFixed(2)}%` });

function drawing({ path, area, peak, limitY, usual }: DayLine, hot: boolean): TemplateResult {
  const lead = (point: Point, of: 'peak' | 'usual'): SVGTemplateResult =>
    svg`<line class="lead ${of}" x1=${point.x} x2=${point.x} y1="0" y2=${point.y}/>`;
  return html`<svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<line class="base" x1="0" x2="1000" y1="100" y2="100"/>
      <line class="roof" x1="0" x2="1000" y1=${limitY} y2=${limitY}/>
      ${peak === null ? nothing : lead(peak, 'peak')} ${usual?.peak ? lead(usual.peak, 'usual') : nothing}
      ${usual === null ? nothing : svg`<path class="usual" d=${usual.path}/>`}
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
