import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { HostError } from '../../host-error.ts';
import { bodyWithin } from '../../request-body.ts';
import type { AppFunction, TriggerOf } from '../app-function.ts';
import type { FunctionRunner } from '../function-runner.ts';
import { type HostKeys, opens } from './host-key.ts';
import { headersOf, MAX_BODY_BYTES, queryOf, rpcRequest, urlOf } from './http-request.ts';
import { writeHttpResponse, writeRefusal } from './http-response.ts';
import { compareRoutes, matchRoute, parseRoute, segmentsOf } from './route.ts';
import { createTurnstile, type HttpLimits } from './turnstile.ts';

const RETRY_AFTER_SECONDS = 1;

type HttpFunction = AppFunction<TriggerOf<'httpTrigger'>>;
type Parameters = Readonly<Record<string, string>>;
type Match = { readonly fn: HttpFunction; readonly parameters: Parameters };

/** Answers one HTTP request; never rejects. */
export type HandleHttp = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The http functions of an app, behind their routes, methods and keys. */
export function createHttpFunctions(
  functions: readonly HttpFunction[],
  { routePrefix, keys, runner, limits, log }: HttpFunctionsOptions,
): HandleHttp {
  const find = createFinder(functions, routePrefix);
  const turnstile = createTurnstile(limits);

  const answer: HandleHttp = async (request, response) => {
    const url = urlOf(request);
    const found = find(request.method ?? 'GET', url.pathname);
    if (found.kind === 'none') return writeRefusal(response, 404, 'Not found');
    if (found.kind === 'method')
      return writeRefusal(response, 405, 'Method not allowed', { allow: found.allow });

    const values = { headers: headersOf(request), query: queryOf(url) };
    const { fn, parameters } = found.match;
    if (!opens(fn.trigger.authLevel, values, keys)) return writeRefusal(response, 401, 'Unauthorized');
    const body = await bodyWithin(request, MAX_BODY_BYTES);
    if (!body) return writeRefusal(response, 413, 'Body too large', { connection: 'close' });

    const turn = await turnstile.enter(response);
    if (turn === 'gone') return;
    if (turn === 'full') {
      return writeRefusal(response, 429, 'Too busy', { 'retry-after': String(RETRY_AFTER_SECONDS) });
    }
    const invocationId = randomUUID();
    try {
      const http = rpcRequest(request, url, values, parameters, body);
      const { returnValue } = await runner.run(fn, { data: { http }, request: values, invocationId });
      writeHttpResponse(response, returnValue);
    } catch (error) {
      if (error instanceof HostError && error.code === 'ERR_HOST_CLOSING') throw error;
      log.error({ err: error, function: fn.name, invocation: invocationId }, 'http function failed');
      writeRefusal(response, 500, `Internal server error, request ${invocationId}`, {
        'request-id': invocationId,
      });
    } finally {
      turnstile.leave();
    }
  };

  return async (request, response) => {
    try {
      await answer(request, response);
    } catch (error) {
      if (error instanceof HostError) return writeRefusal(response, 503, 'Closing', { connection: 'close' });
      log.debug({ err: error }, 'a caller went away or sent what is not HTTP');
      if (response.headersSent) response.destroy();
      else writeRefusal(response, 400, 'Bad request', { connection: 'close' });
    }
  };
}

export type HttpFunctionsOptions = {
  /** Without slashes. */
  readonly routePrefix: string;
  readonly keys: HostKeys;
  readonly limits: HttpLimits;
  readonly runner: Pick<FunctionRunner, 'run'>;
  readonly log: Logger;
};

type Found =
  | { readonly kind: 'found'; readonly match: Match }
  | { readonly kind: 'method'; readonly allow: string }
  | { readonly kind: 'none' };

function createFinder(functions: readonly HttpFunction[], routePrefix: string) {
  const routes = functions
    .map((fn) => ({ fn, route: parseRoute(`${routePrefix}/${fn.trigger.route ?? fn.name}`) }))
    .sort((one, other) => compareRoutes(one.route, other.route));

  return (method: string, pathname: string): Found => {
    const path = segmentsOf(pathname);
    if (!path) return { kind: 'none' };
    const allowed: string[] = [];
    for (const { fn, route } of routes) {
      const parameters = matchRoute(route, path);
      if (!parameters) continue;
      if (fn.trigger.methods.includes(method)) return { kind: 'found', match: { fn, parameters } };
      allowed.push(...fn.trigger.methods);
    }
    return allowed.length === 0 ? { kind: 'none' } : { kind: 'method', allow: allowed.join(', ') };
  };
}
