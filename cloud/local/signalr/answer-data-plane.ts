import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { DATA_PLANE_ROUTES, type PathParameters, type Route } from './data-plane-routes.ts';
import { answer, bodyOf, tokenOf, urlOf } from './http-requests.ts';
import type { Hub } from './hub.ts';
import { hubName, isGroupName } from './names.ts';
import type { ServiceTokens } from './service-tokens.ts';
import type { SignalRLimits } from './signalr-limits.ts';

const API_VERSION = '2022-06-01';
const BASE = '/api/hubs/';

const messageSchema = z.object({ target: z.string().min(1), arguments: z.array(z.unknown()) });

export type DataPlaneOptions = {
  readonly tokens: ServiceTokens;
  readonly limits: SignalRLimits;
  readonly hubOf: (name: string) => Hub;
};

type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
};
type Found = { readonly route: Route; readonly parameters: PathParameters };

/** Answers a call of the data plane's REST API, under `/api/hubs/`. */
export async function answerDataPlane(
  request: IncomingMessage,
  response: ServerResponse,
  options: DataPlaneOptions,
): Promise<void> {
  const { status, headers = {}, message } = await replyTo(request, options);
  answer(request, response, status, message === undefined ? { headers } : { headers, json: { message } });
}

async function replyTo(request: IncomingMessage, options: DataPlaneOptions): Promise<Reply> {
  const url = urlOf(request);
  const shown = { token: tokenOf(request), host: request.headers.host };
  if (!(await options.tokens.allowsCall(shown, url))) {
    const headers = { 'www-authenticate': 'Bearer' };
    return { status: 401, headers, message: 'The token does not allow this call.' };
  }
  const query = url.searchParams;
  if (query.get('api-version') !== API_VERSION) return badRequest(`api-version must be ${API_VERSION}.`);
  if (query.has('excluded')) return badRequest('excluded is not offered.');
  const [name, ...segments] = segmentsIn(url.pathname) ?? [];
  const hub = hubName(name ?? null);
  if (hub === undefined) return badRequest('The path names no hub.');
  const found = routeFor(request.method, segments);
  if ('status' in found) return found;
  const { group } = found.parameters;
  if (group !== '' && !isGroupName(group)) return badRequest('The path names no group.');
  return run(request, found, query, options.hubOf(hub), options.limits);
}

async function run(
  request: IncomingMessage,
  { route, parameters }: Found,
  query: URLSearchParams,
  hub: Hub,
  limits: SignalRLimits,
): Promise<Reply> {
  if ('run' in route) {
    const { status, code } = await route.run(hub, parameters, query);
    return code === undefined ? { status } : { status, headers: { 'x-ms-error-code': code } };
  }
  const body = await bodyOf(request, limits.requestBytes);
  if (body === undefined) {
    const headers = { connection: 'close' };
    return { status: 413, headers, message: `A message may have ${limits.requestBytes} bytes.` };
  }
  const message = messageSchema.safeParse(jsonOf(body));
  if (!message.success) return badRequest(`The body is no message: ${z.prettifyError(message.error)}`);
  hub.send({ ...message.data, ...route.to(parameters) });
  return { status: 202 };
}

function routeFor(method: string | undefined, segments: readonly string[]): Found | Reply {
  const here = DATA_PLANE_ROUTES.flatMap((route) => {
    const parameters = parametersIn(segments, route.path);
    return parameters === undefined ? [] : [{ route, parameters }];
  });
  if (here.length === 0) return { status: 404, message: 'There is no such call.' };
  const allow = here.map(({ route }) => route.method).join(', ');
  return (
    here.find(({ route }) => route.method === method) ?? {
      status: 405,
      headers: { allow },
      message: `The call is ${allow}.`,
    }
  );
}

/** What stands in the places of the pattern, or undefined if the path is another. */
function parametersIn(segments: readonly string[], pattern: string): PathParameters | undefined {
  const names = pattern.split('/').slice(1);
  if (names.length !== segments.length) return undefined;
  const parameters = { user: '', group: '', connection: '' };
  for (const [index, name] of names.entries()) {
    const segment = segments[index] ?? '';
    if (isPlace(name) && segment !== '') parameters[PLACES[name]] = segment;
    else if (name !== segment) return undefined;
  }
  return parameters;
}

const PLACES = { '{user}': 'user', '{group}': 'group', '{connection}': 'connection' } as const;
const isPlace = (name: string): name is keyof typeof PLACES => Object.hasOwn(PLACES, name);

/** The hub and what stands below it, or undefined if it is not percent-encoded UTF-8. */
function segmentsIn(pathname: string): readonly string[] | undefined {
  try {
    const path = pathname.slice(BASE.length).replace(/\/$/, '');
    return path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

const badRequest = (message: string): Reply => ({ status: 400, message });
