import { API_PATHS } from '../../cloud/contracts/http.ts';

/** Signs in as a page of the cloud's own origin does; gives the cookie of the session. */
export async function signInWith(httpUrl: string, key: string): Promise<{ readonly cookie: string }> {
  const answer = await fetch(httpUrl + API_PATHS.session, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(httpUrl).origin },
    body: JSON.stringify({ key }),
  });
  if (!answer.ok) throw new Error(`sign in: ${answer.status} ${await answer.text()}`);
  return { cookie: (answer.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? '' };
}
