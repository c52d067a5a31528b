import { existsSync } from 'node:fs';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** The system's own Chromium where there is one; else Playwright's. */
export const chromiumPath = (): string | undefined =>
  existsSync(SYSTEM_CHROMIUM) ? SYSTEM_CHROMIUM : undefined;
