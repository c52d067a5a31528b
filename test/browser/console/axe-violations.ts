import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

type Violations = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'];
type AxeOptions = Parameters<AxeBuilder['options']>[0];

export const WCAG: AxeOptions = { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa'] } };

/** A page in which axe is already. */
const NOTHING_TO_ADD = 'void 0';

/** What axe has against the page as it stands. Our pages have no frames of strangers, so it looks in the page itself. */
export async function axeViolations(page: Page, options: AxeOptions = WCAG): Promise<Violations> {
  const isThere = await page.evaluate(() => 'axe' in window);
  const axe = new AxeBuilder(isThere ? { page, axeSource: NOTHING_TO_ADD } : { page });
  const { violations } = await axe
    .options({ ...options, resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze();
  return violations;
}
