// All that a glass shows, from the states of the tests, on one page: `npm run gallery`.
import { learnEveryLanguage } from '../../renderer/design/strings/every-language.ts';
import { createFeed } from '../../renderer/sign/feed-source.ts';
import { signSettings } from '../../renderer/sign/sign-settings.ts';
import '../../renderer/sign/boards/every-board.ts';
import '../../renderer/sign/sign-app.ts';
import { SATURDAY_AFTERNOON_MS } from '../support/glass-states.ts';
import { TILES, type Tile } from './tiles.ts';

const LONG_EDGE_PX = 480;
/** Time stands still here, so that each picture is the same whenever it is looked at. */
const STANDING = { wall: () => SATURDAY_AFTERNOON_MS, steady: () => 0 };

const main = document.querySelector('main');
const only = document.querySelector('input');
const found = document.querySelector('output');
if (main === null || only === null || found === null) throw new Error('not the gallery');

learnEveryLanguage();
const tileOf = new WeakMap<Element, Tile>();
/** A few hundred whole signs: those that are looked at are drawn. */
const looked = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const tile = tileOf.get(target);
      if (tile !== undefined) target.replaceChildren(...(isIntersecting ? [panelOf(tile)] : []));
    }
  },
  { rootMargin: '50%' },
);

const figures = TILES.map((tile) => {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  const glass = document.createElement('div');
  const scale = LONG_EDGE_PX / Math.max(tile.widthPx, tile.heightPx);
  caption.textContent = tile.name;
  glass.className = 'glass';
  Object.assign(glass.style, {
    width: `${tile.widthPx * scale}px`,
    height: `${tile.heightPx * scale}px`,
  });
  glass.style.setProperty('--scale', String(scale));
  figure.dataset.tile = tile.name;
  figure.append(caption, glass);
  tileOf.set(glass, tile);
  looked.observe(glass);
  return figure;
});
main.append(...figures);

only.value = new URLSearchParams(location.search).get('only') ?? '';
only.addEventListener('input', showOnly);
showOnly();

/** Tiles whose name has all the words. */
function showOnly(): void {
  const words = (only?.value ?? '').toLowerCase().split(/\s+/);
  for (const figure of figures) {
    const name = figure.dataset.tile?.toLowerCase() ?? '';
    figure.hidden = !words.every((word) => name.includes(word));
  }
  const shown = figures.filter(({ hidden }) => !hidden).length;
  if (found !== null) found.textContent = `${shown} of ${figures.length}`;
}

function panelOf({ state, theme, widthPx, heightPx }: Tile): Element {
  const panel = document.createElement('div');
  const app = document.createElement('sign-app');
  Object.assign(panel.style, { width: `${widthPx}px`, height: `${heightPx}px` });
  app.clocks = STANDING;
  app.settings = signSettings(`?theme=${theme}`, ['en']);
  app.feed = createFeed(state);
  panel.append(app);
  return panel;
}
