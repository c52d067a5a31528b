import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

/** Each differs from the others in outline, so that it works without colour. */
export type Shape = 'tick' | 'calm' | 'note' | 'triangle' | 'octagon' | 'ring' | 'moon';

const tick = svg`<circle cx="50" cy="50" r="50" fill="currentColor"/>
  <path d="M26 51 43 68 75 34" fill="none" stroke="var(--cut)" stroke-width="10.5"/>`;

const calm = svg`<circle cx="50" cy="50" r="46" fill="none" stroke="currentColor" stroke-width="8"/>
  <path d="M28 51 43.5 66.5 72.5 36" fill="none" stroke="currentColor" stroke-width="9"/>`;

const note = svg`<circle cx="50" cy="50" r="43" fill="none" stroke="currentColor" stroke-width="14"/>`;

const triangle = svg`<path class="outline" d="M50 9 96 90H4Z" fill="currentColor" stroke="currentColor" stroke-width="6"
    stroke-linejoin="round"/>
  <path d="M50 37V62" fill="none" stroke="var(--cut)" stroke-width="9.5"/>
  <rect x="45.25" y="69" width="9.5" height="9.5" fill="var(--cut)"/>`;

const FINGERS = [
  { x: 35, tip: 31, foot: 48 },
  { x: 44.4, tip: 24, foot: 46 },
  { x: 53.8, tip: 26.5, foot: 46 },
  { x: 63.2, tip: 34, foot: 48 },
];

/** A raised hand: four fingers, a palm, and a thumb to the left. */
const hand = svg`<g transform="translate(50 50) scale(1.1) translate(-45.5 -52.5)"><g fill="none" stroke="var(--cut)" stroke-linecap="round" stroke-width="7.8">
    ${FINGERS.map(({ x, tip, foot }) => svg`<path d="M${x + 1} ${tip + 4}V${foot + 10}"/>`)}
    <path d="M24.5 55.5 33.5 66.5" stroke-width="8.2"/>
  </g>
  <path fill="var(--cut)" d="M32.1 52H68.1V61.5C68.1 73.5 60.6 81.5 49.8 81.5 42 81.5 36.8 78.2 32.8 72L29.6 67.2 32.1 60Z"/></g>`;

const octagon = svg`<path d="M29.3 0H70.7L100 29.3V70.7L70.7 100H29.3L0 70.7V29.3Z" fill="currentColor"/>${hand}`;

const ring = svg`<defs>
    <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="3.6" height="7" fill="currentColor"/>
    </pattern>
  </defs>
  <circle cx="50" cy="50" r="42" fill="none" stroke="url(#hatch)" stroke-width="15"/>
  <circle cx="50" cy="50" r="49" fill="none" stroke="currentColor" stroke-width="2"/>
  <circle cx="50" cy="50" r="34.5" fill="none" stroke="currentColor" stroke-width="2"/>
  <path d="M41 42.4C41 36.8 44.7 33.4 50.2 33.4S59.4 36.7 59.4 41.6C59.4 45.7 57.3 47.8 54.3 49.8S50.1 53.4 50.1 56.5V57.6"
    fill="none" stroke="currentColor" stroke-width="6.6"/>
  <rect x="46.8" y="62.2" width="6.7" height="6.7" fill="currentColor"/>`;

const moon = svg`<path d="M97.5 55.5A49 49 0 1 1 44.5 1.4 38.5 38.5 0 0 0 97.5 55.5Z" fill="currentColor"/>`;

const SHAPES: Readonly<Record<Shape, SVGTemplateResult>> = {
  tick,
  calm,
  note,
  triangle,
  octagon,
  ring,
  moon,
};

/** Drawn in `currentColor`; the sign inside is cut out in `--cut`. A word always stands beside it. */
export const shape = (kind: Shape): TemplateResult =>
  html`<svg class="shape ${kind}" viewBox="0 0 100 100" aria-hidden="true">${SHAPES[kind]}</svg>`;
