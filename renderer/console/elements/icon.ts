import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const ICONS = {
  lines: svg`<path d="M3 4.5h12M3 9h12M3 13.5h7"/>`,
  bell: svg`<path d="M4.5 12.5h9l-1-1.6V8a3.5 3.5 0 0 0-7 0v2.9zM7.5 14.8h3"/>`,
  store: svg`<path d="M3 7.5 4 3.5h10l1 4M3.8 7.8v6.7h10.4V7.8M7 14.5v-3.7h4v3.7M3 7.5c0 2 3 2 3 0 0 2 3 2 3 0 0 2 3 2 3 0 0 2 3 2 3 0"/>`,
  screen: svg`<path d="M2.5 4h13v8.5h-13zM6.5 15h5"/>`,
  book: svg`<path d="M4.5 2.8h6l3 3v9.4h-9zM7 7.5h4M7 10h4M7 12.4h2.5"/>`,
  people: svg`<circle cx="7" cy="6.3" r="2.6"/><path d="M2.5 14.5c.3-3 2-4.3 4.5-4.3s4.2 1.3 4.5 4.3M11.8 4a2.5 2.5 0 0 1 0 4.6M13 10.6c1.5.5 2.3 1.9 2.5 3.9"/>`,
  more: svg`<circle cx="4" cy="9" r=".9"/><circle cx="9" cy="9" r=".9"/><circle cx="14" cy="9" r=".9"/>`,
  search: svg`<circle cx="8" cy="8" r="4.6"/><path d="m11.5 11.5 3.5 3.5"/>`,
  pencil: svg`<path d="m3.5 14.5.7-3L11.7 4l2.3 2.3-7.5 7.5zM10.3 5.4l2.3 2.3"/>`,
  cut: svg`<path d="M9 3v6M9 12.6v.4"/><circle cx="9" cy="9" r="7"/>`,
  chevron: svg`<path d="m7 4.5 4.5 4.5L7 13.5"/>`,
  leave: svg`<path d="M10 3.5H4v11h6M8 9h7M12.5 6.5 15 9l-2.5 2.5"/>`,
  sensor: svg`<circle cx="9" cy="6.5" r="1.8"/><path d="M9 8.5V15M6.5 15h5M5.6 9.9a4.8 4.8 0 0 1 0-6.8M12.4 9.9a4.8 4.8 0 0 0 0-6.8"/>`,
  groups: svg`<path d="M3 3h5v5H3zM10 3h5v5h-5zM3 10h5v5H3zM10 10h5v5h-5z"/>`,
  tray: svg`<path d="M3 10.5h3.5l1 2h3l1-2H15M3 10.5v4h12v-4l-2-6.5H5zM7 6.3l4 2.6M11 6.3 7 8.9"/>`,
  plus: svg`<path d="M9 3.5v11M3.5 9h11"/>`,
  message: svg`<path d="M3 3.5h12v8.5H8.5L5.5 15v-3H3zM6 6.5h6M6 9h4"/>`,
  table: svg`<path d="M3 4h12v10.5H3zM3 7.5h12M3 11h12M7.5 7.5v7"/>`,
  copy: svg`<path d="M6.5 6.5h8v8h-8zM4 11.5H3.5v-8h8V4"/>`,
} as const satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof ICONS;

/** A line drawing in the colour of the text; words always stand beside it, or it is the button's label that speaks. */
export const icon = (name: IconName): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 18 18" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.5"
    stroke-linejoin="round" stroke-linecap="round" aria-hidden="true">${ICONS[name]}</svg>`;
