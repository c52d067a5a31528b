import { API_PATHS } from '../../cloud/contracts/http.ts';
import { type PersonRequest, personMadeSchema, sessionSchema } from '../../cloud/contracts/person.ts';
import type { CloudProcess } from './cloud-process.ts';

/** Somebody with a browser's session at the console of a running cloud. */
export type ConsoleCaller = {
  readonly personId: string;
  readonly cookie: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
};

export async function consoleCaller(cloud: CloudProcess, request: PersonRequest): Promise<ConsoleCaller> {
  const made = await cloud.call('POST', API_PATHS.people, request);
  const { key } = personMadeSchema.parse(await made.json());
  return signInWith(cloud.ready().httpUrl, key);
}

/** Signs in as a page of the cloud's own origin does. */
export async function signInWith(httpUrl: string, key: string): Promise<ConsoleCaller> {
  const origin = new URL(httpUrl).origin;
  const answer = await fetch(httpUrl + API_PATHS.session, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ key }),
  });
  const { person } = sessionSchema.parse(await answer.json());
  const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? '';
  return {
    personId: person.personId,
    cookie,
    call: (method, path, body, headers = {}) =>
      fetch(httpUrl + path, {
        method,
        headers: { 'content-type': 'application/json', origin, cookie, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}
