import { arch, release, type } from 'node:os';
import type { App, Screen } from 'electron';
import type { SignAbout } from '../cloud/contracts/sign-report.ts';

/** What the shell says of itself and its machine. */
export function shellAbout(
  app: Pick<App, 'getVersion'>,
  screen: Pick<Screen, 'getPrimaryDisplay'>,
): SignAbout {
  const { size, scaleFactor } = screen.getPrimaryDisplay();
  return {
    app: `Vitrine ${app.getVersion()}`.slice(0, 40),
    platform: `${type()} ${release()} ${arch()}`.slice(0, 80),
    screen: {
      widthPx: Math.round(size.width * scaleFactor),
      heightPx: Math.round(size.height * scaleFactor),
    },
  };
}
