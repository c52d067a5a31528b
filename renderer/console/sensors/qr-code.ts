import { correction, generate } from 'lean-qr';
import { html, type TemplateResult } from 'lit';

const QUIET = 4;

/** A secret as a picture that an installer's phone reads. `spoken`: what it is, for who does not see it. */
export function qrCode(text: string, spoken: string): TemplateResult {
  const bitmap = generate(text, { minCorrectionLevel: correction.L });
  const cells = Array.from({ length: bitmap.size ** 2 }, (_, index) => ({
    x: index % bitmap.size,
    y: Math.floor(index / bitmap.size),
  }));
  const path = cells.map(({ x, y }) => (bitmap.get(x, y) ? `M${x} ${y}h1v1h-1z` : '')).join('');
  const size = bitmap.size + 2 * QUIET;
  return html`<svg class="qr" viewBox="${-QUIET} ${-QUIET} ${size} ${size}" role="img" aria-label=${spoken} shape-rendering="crispEdges">
    <path d=${path} fill="#000000"></path>
  </svg>`;
}
