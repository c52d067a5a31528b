import type { Page } from '@playwright/test';

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
