import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createBridge } from './bridge.ts';
import { createCodec } from './codec.ts';
import { runPageWorld } from './page-world.ts';
import { runPreloadWorld } from './preload-world.ts';

/** Secret of this run: what is named with it cannot be found by the page. */
const KEY = `standin-${randomUUID()}`;

/** The preload's isolated world, and what in it talks with the main process. */
export const PRELOAD_WORLD = KEY;
export const NAMES = { binding: `${KEY}-send`, receiver: `${KEY}-receive` };

/** For the page's own world, before its scripts. */
export function pageScript(): string {
  return inMainFrame(`(${runPageWorld})(${bridge('page', 'preload')});`);
}

/** For the preload's world. The file must be a single CommonJS script, as for a sandboxed preload of Electron. */
export function preloadScript(file: string): string {
  // The line break keeps a last line like `//# sourceMappingURL=` from swallowing what follows.
  const preload = `(require, process, module, exports) => {${readFileSync(file, 'utf8')}\n}`;
  const names = JSON.stringify(NAMES);
  const versions = JSON.stringify(process.versions);
  return inMainFrame(
    `(${runPreloadWorld})(${bridge('preload', 'page')}, ${names}, ${preload}, ${versions});`,
  );
}

const bridge = (here: string, there: string) =>
  `(${createBridge})((${createCodec})(), ${JSON.stringify(KEY)}, '${here}', '${there}')`;

const inMainFrame = (script: string) => `if (top === self) { ${script} }`;
