import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyWithin } from '../request-body.ts';
import { type Answer, excludedIn, OK } from './data-plane-route.ts';
import { type FoundRoute, routesAt } from './data-plane-routes.ts';
import { answer, tokenOf, urlOf } from './http-requests.ts';
import type { Hub } from './hub.ts';
import { hubOfApplication, isGroupName } from './names.ts';
import { payloadIn } from './payload-message.ts';
import type { ServiceTokens } from './service-tokens.ts';
import type { SignalRLimits } from './signalr-limits.ts';

/** The calls answered here are the same in both; the second adds others, which are not offered. */
const API_VERSIONS = ['2022-06-01', '2022-11-01'];
const HEALTH = '/api/health';
const BASE = '/api/hubs/';
const JSON_TYPE = 'application/json';

export type DataPlaneOptions = {
  readonly tokens: ServiceTokens;
  readonly limits: SignalRLimits;
  readonly hubOf: (name: string) => Hub;
};

type Reply = Answer & { readonly headers?: Readonly<Record<string, string>> };

/** Answers a call of the data plane's REST API, under `/api/hubs/`, and whether the service is well, at `/api/health`. */
export async function answerDataPlane(
  request: IncomingMessage,
  response: ServerResponse,
  options: DataPlaneOptions,
): Promise<void> {
  const { status, headers, code, message } = await replyTo(request, options);
  answer(request, response, status, {
    headers: code === undefined ? { ...headers } : { ...headers, 'x-ms-error-code': code },
    // The service's ErrorDetail. An answer to HEAD has no body, whatever it says.
    ...(message === undefined || request.method === 'HEAD' ? {} : { json: { code, message } }),
  });
}

async function replyTo(request: IncomingMessage, options: DataPlaneOptions): Promise<Reply> {
  const url = urlOf(request);
  const query = url.searchParams;
  if (url.pathname === HEALTH) return healthReply(request.method, query);
  const shown = { token: tokenOf(request), host: request.headers.host };
  if (!(await options.tokens.allowsCall(shown, url))) {
    const headers = { 'www-authenticate': 'Bearer' };
    return { ...refused(401, 'The token does not allow this call.'), headers };
  }
  if (!isVersionKnown(query)) return UNKNOWN_VERSION;
  const [name = '', ...segments] = segmentsIn(url.pathname) ?? [];
  const hub = hubOfApplication(query.get('application'), name);
  if (hub === undefined) return refused(400, 'hub: expected a letter, then letters, digits and underscores.');
  const found = routeFor(request.method, segments);
  if ('status' in found) return found;
  const { group } = found.parameters;
  if (group !== '' && !isGroupName(group)) {
    return refused(400, 'group: expected at most 1024 characters, in one line and not all blank.');
  }
  return done(request, found, query, options.hubOf(hub), options.limits);
}

const isVersionKnown = (query: URLSearchParams) => API_VERSIONS.includes(query.get('api-version') ?? '');
const UNKNOWN_VERSION = refused(400, `api-version: expected one of ${API_VERSIONS.join(', ')}.`);

function healthReply(method: string | undefined, query: URLSearchParams): Reply {
  if (method !== 'HEAD') return notAllowed('HEAD');
  return isVersionKnown(query) ? OK : UNKNOWN_VERSION;
}

async function done(
  request: IncomingMessage,
  { route, parameters }: FoundRoute,
  query: URLSearchParams,
  hub: Hub,
  limits: SignalRLimits,
): Promise<Reply> {
  if ('run' in route) return route.run(hub, parameters, query);
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== JSON_TYPE) return refused(415, `The body must be ${JSON_TYPE}.`);
  const body = await bodyWithin(request, limits.requestBytes);
  if (body === undefined) {
    const headers = { connection: 'close' };
    return { ...refused(413, `A message may have ${limits.requestBytes} bytes.`), headers };
  }
  const payload = payloadIn(body);
  if (!payload.ok) return refused(400, payload.why);
  hub.send({ ...payload.message, ...route.to(parameters) }, route.excludes ? excludedIn(query) : undefined);
  return { status: 202 };
}

function routeFor(method: string | undefined, segments: readonly string[]): FoundRoute | Reply {
  const here = routesAt(segments);
  if (here.length === 0) return refused(404, 'There is no such call.');
  const found = here.find(({ route }) => route.method === method);
  return found ?? notAllowed(here.map(({ route }) => route.method).join(', '));
}

/** The hub and what stands below it, or undefined if it is not percent-encoded UTF-8. */
function segmentsIn(pathname: string): readonly string[] | undefined {
  try {
    const path = pathname.slice(BASE.length).replace(/\/$/, '');
    return path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

const notAllowed = (allow: string): Reply => ({
  ...refused(405, `The call is ${allow}.`),
  headers: { allow },
});

function refused(status: number, message: string): Reply {
  return { status, code: 'Error.Request.Invalid', message };
}
