import { createHash } from 'node:crypto';
import { HttpRequest, InvocationContext } from '@azure/functions';
import { describe, expect, test } from 'vitest';
import { API_PATHS, errorCodeSchema } from '../../../../cloud/contracts/http.ts';
import { html } from '../../../../cloud/functions/api/html.ts';
import { serveDocs } from '../../../../cloud/functions/api/serve-api.ts';
import { registeredRoutes } from '../../../support/registered-routes.ts';

const routes = registeredRoutes();
const request = new HttpRequest({ method: 'GET', url: `http://localhost${API_PATHS.docs}` });
const answer = await serveDocs(routes)(request, new InvocationContext());
const { headers, body } = Object(answer);
const page = String(body);

describe('the page that describes the API', () => {
  test('explains each code where a problem of it points', () => {
    for (const code of errorCodeSchema.options) {
      const [path, anchor] = API_PATHS.problem(code).split('#');
      expect(path).toBe(API_PATHS.docs);
      expect(page).toContain(` id="${anchor}"`);
    }
  });

  test('lists every function', () => {
    for (const { name } of routes) expect(page).toContain(`id="operation-${name}"`);
  });

  test('has each anchor once, and links to none that is missing', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  });

  test('says of a field what a refusal of it would say', () => {
    expect(page).toContain('expected an IANA time zone such as Europe/Madrid');
  });

  test('runs nothing, loads nothing, and may have no style but its own', () => {
    expect(page).not.toMatch(/<script|<link|<img|\ssrc=|\sstyle=|https?:/i);
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(style).toContain('prefers-color-scheme: dark');
  });

  test('writes what it is told as text', () => {
    expect(html`<p title="${'"'}">${'<b>&'}</p>`.html).toBe('<p title="&quot;">&lt;b&gt;&amp;</p>');
  });
});
