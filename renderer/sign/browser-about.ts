import type { SignAbout } from '../../cloud/contracts/sign-report.ts';

const MAX_PLATFORM_LETTERS = 80;

/** What a browser says of the machine it runs on, and of the screen that the page is on. */
export function browserAbout(): SignAbout {
  const { userAgent } = navigator;
  const system = /\(([^);]+)/.exec(userAgent)?.[1] ?? '';
  const version = /(?:Firefox|Edg|Chrome|Version)\/(\d+)/.exec(userAgent);
  const browser = version === null ? 'a browser' : version[0].replace('/', ' ').replace('Version', 'Safari');
  return {
    app: 'Vitrine in a browser',
    platform: `${browser}, ${system}`.slice(0, MAX_PLATFORM_LETTERS),
    screen: {
      widthPx: Math.round(screen.width * devicePixelRatio),
      heightPx: Math.round(screen.height * devicePixelRatio),
    },
  };
}
