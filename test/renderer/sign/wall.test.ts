import { expect, test } from 'vitest';
import type { Snapshot } from '../../../cloud/contracts/snapshot.ts';
import { wallGrid } from '../../../renderer/sign/view/wall-grid.ts';
import { wallLayout } from '../../../renderer/sign/view/wall-layout.ts';
import { wallSum, wallTiles } from '../../../renderer/sign/view/wall-tiles.ts';
import { aSnapshot, SATURDAY_AFTERNOON_MS } from '../../support/glass-states.ts';

const LANDSCAPE = { widthPx: 1_920, heightPx: 1_080 };
const tilesOf = (snapshots: readonly Snapshot[], remembered = false) =>
  wallTiles(
    snapshots.map((snapshot) => ({ snapshot, trueAtMs: 0 })),
    { elapsedMs: 0, cloudNowMs: SATURDAY_AFTERNOON_MS, remembered },
  );

const NIGHT = { opening: { open: false, changesAtMs: null } };

test('tiles stand worst first, and among equals as the cloud sent them', () => {
  const tiles = tilesOf([
    aSnapshot({ name: 'closed', content: NIGHT }),
    aSnapshot({ name: 'open' }),
    aSnapshot({ name: 'open too' }),
    aSnapshot({ name: 'nearly', count: 57 }),
    aSnapshot({ name: 'full', count: 60 }),
    aSnapshot({ name: 'stale', ageMs: 100_000 }),
    aSnapshot({ name: 'unknown', ageMs: null }),
    aSnapshot({ name: 'over', count: 64 }),
    aSnapshot({ name: 'closed and over', count: 64, content: NIGHT }),
  ]);
  expect(tiles.map(({ content }) => content.store.name)).toEqual([
    'over',
    'closed and over',
    'unknown',
    'stale',
    'full',
    'nearly',
    'open',
    'open too',
    'closed',
  ]);
});

test('only what is live is in the sum', () => {
  const stores = [
    aSnapshot(),
    aSnapshot({ ageMs: 100_000 }),
    aSnapshot({ ageMs: null }),
    aSnapshot({ count: 5 }),
  ];
  expect(wallSum(tilesOf(stores))).toEqual({ inside: 43, notCounted: 2 });
  expect(wallSum(tilesOf(stores, true))).toEqual({ inside: 0, notCounted: 4 });
});

test('one to forty stores have a tile each on a glass of 16:9, and no tile is below its least size', () => {
  for (let stores = 1; stores <= 40; stores += 1) {
    const layout = wallLayout(tilesOf(Array.from({ length: stores }, () => aSnapshot())), LANDSCAPE, 1);
    expect(layout.shown, `${stores}`).toBe(stores);
    expect(layout.columns * layout.rows).toBeGreaterThanOrEqual(stores);
    expect(layout.scale).toBeGreaterThanOrEqual(1);
  }
});

test('where there are more stores than places, the last place says how many', () => {
  const grid = wallGrid(100, { width: 95, height: 45, gap: 1 }, { width: 11, height: 8 });
  expect(grid).toMatchObject({ columns: 8, rows: 5, tiles: 39, scale: 1 });
});

test('one more store never makes a tile larger', () => {
  const scales = Array.from(
    { length: 60 },
    (_, index) => wallGrid(index + 1, { width: 95, height: 45, gap: 1 }, { width: 11, height: 8 }).scale,
  );
  expect(scales).toEqual(scales.toSorted((one, other) => other - one));
});

test('smaller letters make room for more stores', () => {
  const many = tilesOf(Array.from({ length: 90 }, () => aSnapshot()));
  expect(wallLayout(many, LANDSCAPE, 0.6).shown).toBeGreaterThan(wallLayout(many, LANDSCAPE, 1).shown);
});
