import type { Page } from '@playwright/test';
import type { TextBox } from './text-boxes.ts';

/**
 * Every run of words on the glass: `ink`, as far as its letters are drawn, since those of Arabic and Japanese reach above
 * the cap height and below the baseline of Inter; `line`, between these two, which every line is set by.
 */
export const inkBoxes = (page: Page, reach: 'ink' | 'line'): Promise<TextBox[]> =>
  page.evaluate((reaches) => {
    // Of Inter, in em: from the top of a line's box to the baseline.
    const baseline = 0.9688;
    const capHeight = 0.7275;
    const canvas = document.createElement('canvas').getContext('2d');
    if (canvas === null) throw new Error('no canvas to measure letters with');
    const boxes: TextBox[] = [];
    const visit = (node: Node) => {
      if (node instanceof Text && node.data.trim() !== '') boxes.push(...boxesOf(node));
      if (
        node instanceof Element &&
        (node.matches('.spoken, style') || getComputedStyle(node).display === 'none')
      )
        return;
      for (const child of node.childNodes) visit(child);
      if (node instanceof Element && node.shadowRoot !== null) visit(node.shadowRoot);
    };
    const boxesOf = (node: Text): TextBox[] => {
      const parent = node.parentElement;
      if (parent === null) return [];
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = node.data.trim();
      const { fontWeight, fontSize, fontFamily } = getComputedStyle(parent);
      canvas.font = `${fontWeight} ${fontSize} ${fontFamily}`;
      const ink = canvas.measureText(text);
      const shortened = parent.closest('.short')?.getBoundingClientRect();
      // A shortened line is told twice: whole, and as far as it is drawn.
      const lines = shortened === undefined ? [...range.getClientRects()] : [range.getBoundingClientRect()];
      return lines.map((rect) => {
        const em = Number.parseFloat(fontSize);
        const base = rect.top + baseline * em;
        const isInk = reaches === 'ink';
        return {
          text,
          left: Math.max(rect.left, shortened?.left ?? rect.left),
          right: Math.min(rect.right, shortened?.right ?? rect.right),
          top: base - (isInk ? ink.actualBoundingBoxAscent : capHeight * em),
          bottom: base + (isInk ? ink.actualBoundingBoxDescent : 0),
        };
      });
    };
    visit(document.body);
    return boxes.filter(({ left, right }) => right > left);
  }, reach);

type Tree = {
  readonly nodeId: number;
  readonly nodeName: string;
  readonly children?: readonly Tree[];
  readonly shadowRoots?: readonly Tree[];
};

/** The faces that the letters on the glass are really drawn in; `brought`: the page brought it along. */
export async function facesDrawn(page: Page): Promise<ReadonlyMap<string, { readonly brought: boolean }>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument', { depth: -1, pierce: true });
  const faces = new Map<string, { brought: boolean }>();
  for (const nodeId of elementsWithWords(root)) {
    const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
    for (const { familyName, isCustomFont } of fonts) faces.set(familyName, { brought: isCustomFont });
  }
  await devtools.detach();
  return faces;
}

function elementsWithWords({ nodeId, nodeName, children = [], shadowRoots = [] }: Tree): number[] {
  if (nodeName === 'HEAD' || nodeName === 'STYLE') return [];
  const own = children.some((child) => child.nodeName === '#text') ? [nodeId] : [];
  return [...own, ...[...children, ...shadowRoots].flatMap(elementsWithWords)];
}
