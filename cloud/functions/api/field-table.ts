import { type FieldRow, fieldRows } from './field-rows.ts';
import { type Html, html } from './html.ts';
import type { JsonSchema } from './json-schemas.ts';
import type { Parameter } from './open-api.ts';

export const parameterTable = (parameters: readonly Parameter[]): Html =>
  table(
    ['Name', 'In', 'Kind', 'Rules'],
    parameters.map(({ name, in: place, required, description, schema }) => {
      const [row] = fieldRows(schema, name, required);
      return [html`<code>${name}</code>`, place, kindPart(row), rulesPart(row, description)];
    }),
  );

export const fieldTable = (schema: JsonSchema): Html =>
  table(
    ['Field', 'Kind', 'Rules'],
    fieldRows(schema).map((row) => [html`<code>${row.path}</code>`, kindPart(row), rulesPart(row)]),
  );

const table = (
  heads: readonly string[],
  rows: readonly (readonly (Html | string)[])[],
): Html => html`<div class="wide" tabindex="0"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;

export function kindPart(row: FieldRow | undefined): Html {
  const { kind = 'any', names = [] } = row ?? {};
  if (names.length === 0) return html`<code>${kind}</code>`;
  const words = kind
    .split(' ')
    .map((word) => (names.includes(word) ? html`<a href="#schema-${word}">${word}</a>` : word));
  return html`${words.map((word, index) => html`${index === 0 ? '' : ' '}${word}`)}`;
}

function rulesPart(row: FieldRow | undefined, description?: string): string {
  const rules = [...(description === undefined ? [] : [description]), ...(row?.rules ?? [])];
  if (row?.isRequired === false && !row.hasDefault) rules.push('optional');
  return rules.join('; ');
}
