import { API_PATHS, type ErrorCode, errorCodeSchema } from '../../contracts/http.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { fieldRows } from './field-rows.ts';
import { fieldTable, kindPart, parameterTable } from './field-table.ts';
import { asIs, type Html, html } from './html.ts';
import { COMPONENT } from './json-schemas.ts';
import type { Content, DescribedOperation, OpenApi } from './open-api.ts';
import { PROBLEM_TITLES } from './problem-titles.ts';

type Listed = { readonly path: string; readonly method: string; readonly operation: DescribedOperation };

/** The description of the API as a page for people: no script, nothing loaded. */
export function docsPage(api: OpenApi): string {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const byTag = Map.groupBy(operations, ({ operation }) => operation.tags[0] ?? '');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${api.info.title} API</title>
<style>${asIs(DOCS_STYLE)}</style>
</head>
<body>
<header>
<h1>${api.info.title} API</h1>
<p>${api.info.description} The same for programs: <a href="${API_PATHS.openApi}">openapi.json</a>.</p>
</header>
<nav aria-label="Contents"><ul>${[...byTag.keys(), 'Problems', 'Schemas'].map(
    (tag) => html`<li><a href="#tag-${tag}">${tag}</a></li>`,
  )}</ul></nav>
<main>
${[...byTag].map(([tag, listed]) => html`<h2 id="tag-${tag}">${tag}</h2>${listed.map((one) => operationPart(one, api.components))}`)}
<h2 id="tag-Problems">Problems</h2>
<p>Each refusal has the media type <code>application/problem+json</code> and one of these codes.</p>
<dl>${errorCodeSchema.options.map(problemPart)}</dl>
<h2 id="tag-Schemas">Schemas</h2>
${Object.entries(api.components.schemas).map(
  ([name, schema]) => html`<h3 id="schema-${name}">${name}</h3>${fieldTable(schema)}`,
)}
</main>
</body>
</html>
`.html;
}

function operationPart({ path, method, operation }: Listed, components: OpenApi['components']): Html {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  return html`<section id="operation-${operationId}">
<h3><span class="method">${method.toUpperCase()}</span> <code>${path}</code></h3>
<p>${summary}</p>
<p class="who">For: ${description}</p>
${parameters.length === 0 ? '' : html`<h4>Parameters</h4>${parameterTable(parameters)}`}
${requestBody === undefined ? '' : html`<h4>Request</h4>${requestPart(requestBody.content, components)}`}
${Object.entries(responses)
  .filter(([status]) => status.startsWith('2'))
  .map(
    ([, { description: said, content }]) =>
      html`<h4>Answer</h4>${content ? contentPart(content) : html`<p>${said}</p>`}`,
  )}
${problemList(responses)}
</section>
`;
}

function problemList(responses: DescribedOperation['responses']): Html | string {
  const refused = Object.entries(responses).filter(([status]) => !status.startsWith('2'));
  if (refused.length === 0) return '';
  return html`<h4>Problems</h4><ul class="codes">${refused.flatMap(([status, { description }]) =>
    description
      .split(', ')
      .map((code) => html`<li>${status} <a href="#${code}"><code>${code}</code></a></li>`),
  )}</ul>`;
}

const problemPart = (code: ErrorCode): Html => html`<dt id="${code}"><code>${code}</code></dt>
<dd>${PROBLEM_TITLES[code]}.</dd>
`;

function requestPart(content: Content, { schemas }: OpenApi['components']): Html {
  const name = content['application/json']?.schema?.$ref?.replace(COMPONENT, '') ?? '';
  const schema = schemas[name];
  return html`${contentPart(content)}${schema === undefined ? '' : fieldTable(schema)}`;
}

const contentPart = (content: Content): readonly Html[] =>
  Object.entries(content).map(
    ([type, { schema }]) =>
      html`<p><code>${type}</code>${schema === undefined ? '' : html`: ${kindPart(fieldRows(schema)[0])}`}</p>`,
  );
