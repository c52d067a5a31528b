export const APP_SCHEME = 'app';
const PAGE_HOST = 'sign';
export const PAGE_URL = `${APP_SCHEME}://${PAGE_HOST}/index.html`;

/** By its parsed parts: a string that begins like ours may be somebody else's. */
export function isOurs(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === `${APP_SCHEME}:` && url.host === PAGE_HOST;
}

export const isPage = (address: string): boolean =>
  isOurs(address) && URL.parse(address)?.pathname === '/index.html';
