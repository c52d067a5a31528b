import { correction, generate } from 'lean-qr';

/** As an SVG path with one unit a module. */
export type QrPath = { readonly size: number; readonly path: string };

export function qrPath(text: string): QrPath {
  const bitmap = generate(text, { minCorrectionLevel: correction.M });
  const rows = Array.from({ length: bitmap.size }, (_, y) =>
    Array.from({ length: bitmap.size }, (__, x) => (bitmap.get(x, y) ? `M${x} ${y}h1v1h-1z` : '')).join(''),
  );
  return { size: bitmap.size, path: rows.join('') };
}
