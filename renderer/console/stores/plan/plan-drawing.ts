import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { numberWords, spanWords } from '../../view/words.ts';
import { DOOR_HEIGHT, type PlacedDoor, type PlacedZone, type Plan } from './place-plan.ts';
import type { DoorLine, ZoneLine } from './plan-lines.ts';

const LETTER_PX = 7.2;

/** Zones as rooms, and doors between them and the street. The list beside it says the same in words. */
export function planDrawing(
  plan: Plan,
  zones: readonly ZoneLine[],
  doors: readonly DoorLine[],
  nowMs: number,
): TemplateResult {
  const { street, width, height } = plan;
  return html`<svg class="plan-drawing" viewBox="0 0 ${width} ${height}" aria-hidden="true">
    <defs><pattern id="plan-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" class="ht"/></pattern></defs>
    <rect class="st" x=${street.x} y=${street.y} width=${street.width} height=${street.height} rx="6"/>
    <text class="q" text-anchor="middle" transform=${`translate(${street.width / 2 + 4} ${street.y + street.height / 2}) rotate(-90)`}>Street</text>
    ${plan.zones.map((placed) =>
      zoneOf(
        placed,
        zones.find(({ id }) => id === placed.id),
      ),
    )}
    ${plan.doors.map((placed) =>
      doorOf(
        placed,
        doors.find(({ id }) => id === placed.id),
        nowMs,
      ),
    )}
  </svg>`;
}

function zoneOf(
  { x, y, width, height }: PlacedZone,
  line: ZoneLine | undefined,
): SVGTemplateResult | typeof nothing {
  if (line === undefined) return nothing;
  const { name, count, limits, tone } = line;
  const bar = width - 28;
  const share = limits === null ? 0 : Math.min(1, count / limits.hard);
  return svg`<g class=${`zone ${tone}`} transform=${`translate(${x} ${y})`}>
    <rect class="zn" width=${width} height=${height} rx="6"/>
    <text class="tt" x="14" y="24">${fitting(name, width - 24)}</text>
    <text class="zf" x="14" y=${height - 30}>${numberWords(count)}${limits === null ? nothing : svg`<tspan class="q" dx="5">/ ${numberWords(limits.hard)}</tspan>`}</text>
    ${
      limits === null
        ? nothing
        : svg`<rect class="ground" x="14" y=${height - 17} width=${bar} height="4" rx="2"/>
          <rect class="share" x="14" y=${height - 17} width=${bar * share} height="4" rx="2"/>`
    }
  </g>`;
}

function doorOf(
  placed: PlacedDoor,
  line: DoorLine | undefined,
  nowMs: number,
): SVGTemplateResult | typeof nothing {
  if (line === undefined) return nothing;
  const { y, arrow, box, links, isInRight } = placed;
  const { name, silent, heardAtMs, flow } = line;
  const [right, left] = isInRight ? [flow?.in, flow?.out] : [flow?.out, flow?.in];
  const end = arrow.x + arrow.width;
  const middle = arrow.x + arrow.width / 2;
  const age = heardAtMs === null ? 'never heard' : `${spanWords(nowMs - heardAtMs)} ago`;
  return svg`<g class=${silent ? 'door is-silent' : 'door'}>
    ${links.map((path) => svg`<path class="lk" d=${path}/>`)}
    <path class="fl" d=${`M${arrow.x} ${y - 7}H${end}m-5 -4 5 4-5 4M${end} ${y + 7}H${arrow.x}m5 -4-5 4 5 4`}/>
    <text class="fn" text-anchor="middle" x=${middle} y=${y - 13}>${right === undefined ? '' : numberWords(right)}</text>
    <text class="fn" text-anchor="middle" x=${middle} y=${y + 21}>${left === undefined ? '' : numberWords(left)}</text>
    <g transform=${`translate(${box.x} ${y - DOOR_HEIGHT / 2})`}>
      <rect class="bx" width=${box.width} height=${DOOR_HEIGHT} rx="5"/>
      ${silent ? svg`<rect width=${box.width} height=${DOOR_HEIGHT} rx="5" fill="url(#plan-hatch)"/>` : nothing}
      <circle class="dt" cx="12" cy="14" r="3.2"/>
      <text class="tt" x="22" y="18">${fitting(name, box.width - 30)}</text>
      <text class="q" x="12" y="35">${silent ? (heardAtMs === null ? age : `silent, heard ${age}`) : age}</text>
    </g>
  </g>`;
}

/** The list says it whole. */
function fitting(name: string, widthPx: number): string {
  const most = Math.floor(widthPx / LETTER_PX);
  return name.length <= most ? name : `${name.slice(0, most - 1).trimEnd()}\u2026`;
}
