import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { FeedState } from '../cloud/contracts/feed.ts';
import { chromiumPath } from '../test/support/chromium-path.ts';
import { serveGlassPage } from '../test/support/glass-page.ts';
import {
  anAlert,
  aSnapshot,
  following,
  SATURDAY_AFTERNOON_MS,
  withoutLink,
} from '../test/support/glass-states.ts';

const LANDSCAPE = { width: 1920, height: 1080 };
const PORTRAIT = { width: 1080, height: 1920 };
const EVENING_MS = SATURDAY_AFTERNOON_MS + 77 * 60_000;

type Picture = {
  readonly name: string;
  readonly state: FeedState;
  readonly nowMs?: number;
  readonly size?: typeof LANDSCAPE;
  readonly query?: string;
};

const HOUSE = {
  name: 'Brandt & Lund',
  count: 187,
  hard: 200,
  soft: 165,
  content: {
    margin: 0,
    zones: [
      { id: 'ground', name: 'Ground floor', count: 112, limits: null },
      { id: 'upper', name: 'Upper floor', count: 66, limits: { soft: 60, hard: 80 } },
      { id: 'cafe', name: 'Café', count: 9, limits: { soft: 20, hard: 24 } },
    ],
    alerts: [
      anAlert({ type: 'near-capacity', zone: 'upper', acknowledgedBy: 'Mara' }),
      anAlert({ type: 'door-imbalance', severity: 'note', door: 'door-1' }),
    ],
  },
} satisfies Parameters<typeof aSnapshot>[0];

const PICTURES: readonly Picture[] = [
  { name: 'sign-manager', state: following(aSnapshot()) },
  { name: 'sign-manager-portrait', state: following(aSnapshot()), size: PORTRAIT },
  { name: 'sign-manager-light', state: following(aSnapshot()), query: '?theme=light' },
  {
    name: 'sign-manager-over',
    state: following(
      aSnapshot({
        nowMs: EVENING_MS,
        count: 64,
        ageMs: 1_000,
        content: {
          alerts: [anAlert({ type: 'over-capacity', severity: 'alarm', sinceMs: EVENING_MS - 180_000 })],
        },
      }),
    ),
    nowMs: EVENING_MS,
  },
  { name: 'sign-manager-zones', state: following(aSnapshot(HOUSE)) },
  {
    name: 'sign-manager-stale',
    state: withoutLink(
      aSnapshot({
        ageMs: 240_000,
        doors: [
          ['Street', 240_000],
          ['Arcade', 250_000],
          ['Garage', 244_000],
        ],
      }),
    ),
  },
];

if (import.meta.main) await takeScreenshots(join(import.meta.dirname, '../docs'), PICTURES);

/** Draws the glass in real Chromium and keeps each picture as `folder/name.png`. */
export async function takeScreenshots(folder: string, pictures: readonly Picture[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const page = await serveGlassPage();
  const executablePath = chromiumPath();
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
  try {
    for (const { name, state, nowMs = SATURDAY_AFTERNOON_MS, size = LANDSCAPE, query = '' } of pictures) {
      const tab = await browser.newPage({ viewport: size });
      await tab.clock.install({ time: nowMs });
      await tab.goto(page.fixtureUrl + query);
      await tab.evaluate((told) => window.tell(told), state);
      await tab.evaluate(() => document.fonts.ready);
      await tab.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
      await tab.close();
    }
  } finally {
    await browser.close();
    await page.close();
  }
}
