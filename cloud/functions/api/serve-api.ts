import { createHash } from 'node:crypto';
import type { HttpHandler, HttpResponseInit } from '@azure/functions';
import { docsPage } from './docs-page.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { openApiOf } from './open-api.ts';
import type { HttpRoute } from './operation.ts';

const HEADERS = { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' };

/** Answers with the description of the functions that are registered by the time that somebody asks. */
export const serveOpenApi = (routes: readonly HttpRoute[]): HttpHandler =>
  once(() => ({
    status: 200,
    headers: { ...HEADERS, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(openApiOf(routes)),
  }));

/** The same as a page. Its own style is all that may be on it. */
export const serveDocs = (routes: readonly HttpRoute[]): HttpHandler =>
  once(() => ({
    status: 200,
    headers: {
      ...HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': [
        "default-src 'none'",
        `style-src 'sha256-${createHash('sha256').update(DOCS_STYLE).digest('base64')}'`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    },
    body: docsPage(openApiOf(routes)),
  }));

/** What does not change while the program runs is made when it is first asked for. */
function once(make: () => HttpResponseInit): HttpHandler {
  let made: HttpResponseInit | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
