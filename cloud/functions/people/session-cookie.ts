import type { Cookie, HttpRequest } from '@azure/functions';

export const SESSION_LIFETIME_SECONDS = 12 * 3_600;
const SECURE_NAME = '__Host-vitrine';
/** Browsers take no `__Host-` cookie by plain http; that is for this machine alone. */
const PLAIN_NAME = 'vitrine-session';

type Asked = Pick<HttpRequest, 'url' | 'headers'>;

const isSecure = ({ url }: Asked): boolean => new URL(url).protocol === 'https:';
/** Cookies know no ports: without it, two installations on one machine would sign each other out. */
const nameFor = (request: Asked): string =>
  isSecure(request)
    ? SECURE_NAME
    : `${PLAIN_NAME}-${new URL(ownOrigin(request) ?? request.url).port || '80'}`;

/** The session that the browser sends along. */
export function sessionIn(request: Asked): string | undefined {
  const name = nameFor(request);
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) || undefined;
}

export const sessionCookie = (request: Asked, value: string): Cookie => ({
  name: nameFor(request),
  value,
  maxAge: SESSION_LIFETIME_SECONDS,
  path: '/',
  secure: isSecure(request),
  httpOnly: true,
  sameSite: 'Strict',
});

/** Takes the cookie away. */
export const noSessionCookie = (request: Asked): Cookie => ({
  ...sessionCookie(request, ''),
  maxAge: 0,
});

/** The origin that a page of ours has, as this request was addressed. */
export function ownOrigin(request: Asked): string | undefined {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  const address = `${new URL(request.url).protocol}//${host}`;
  return URL.canParse(address) ? new URL(address).origin : undefined;
}
