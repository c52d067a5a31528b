import { html, nothing, svg, type TemplateResult } from 'lit';
import { type GlassPicture, pictureWords } from './glass-picture.ts';

const FIGURE_LETTER_WIDTH = 26;

/** A glass drawn small, with the words for those who listen. */
export function glassView(picture: GlassPicture): TemplateResult {
  const { ground, figure, beside, words, hatched } = picture;
  const spoken = `${hatched ? 'Perhaps: ' : ''}${pictureWords(picture)}`;
  return html`<svg class="glass gl-${ground}" viewBox="0 0 160 90" role="img" aria-label=${spoken}>
    <rect class="gl-ground" width="160" height="90"></rect>
    ${hatched ? svg`<path class="gl-hatch" d=${HATCH}></path>` : nothing}
    ${
      figure === ''
        ? svg`<text class="gl-words big" x="12" y="51">${words}</text>`
        : svg`<text class="gl-words" x="12" y="26">${words}</text>
          <text class="gl-figure" x="11" y="76">${figure}</text>
          <text class="gl-small" x=${20 + FIGURE_LETTER_WIDTH * figure.length} y="76">${beside}</text>`
    }
  </svg>`;
}

/** Stripes as one path: a pattern needs an id, which two pictures in one page would share. */
const HATCH = Array.from({ length: 26 }, (_, index) => `M${index * 10 - 90} 90 L${index * 10} 0`).join(' ');
