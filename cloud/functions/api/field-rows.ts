import { COMPONENT, type JsonSchema } from './json-schemas.ts';

/** One field of a body as a person reads it. `names`: schemas that it refers to. */
export type FieldRow = {
  readonly path: string;
  readonly kind: string;
  readonly names: readonly string[];
  readonly rules: readonly string[];
  readonly isRequired: boolean;
  readonly hasDefault: boolean;
};

/** The fields of a schema, those inside others below them; what has a name is only named. */
export function fieldRows(schema: JsonSchema, path = '', isRequired = true): readonly FieldRow[] {
  const own = {
    path: path || 'body',
    kind: kindOf(schema),
    names: namesIn(schema),
    rules: rulesOf(schema),
    isRequired,
    hasDefault: schema.default !== undefined,
  };
  const inner = innerRows(schema, path);
  const isPlainBody = path === '' && schema.type === 'object' && own.rules.length === 0;
  return isPlainBody ? inner : [own, ...inner];
}

function innerRows(schema: JsonSchema, path: string): readonly FieldRow[] {
  const items = schema.items;
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
      fieldRows(
        schemaOf(field),
        path === '' ? name : `${path}.${name}`,
        schema.required?.includes(name) ?? false,
      ),
    ),
    ...(hasParts(items) ? innerRows(schemaOf(items), `${path}[]`) : []),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
      .map(schemaOf)
      .flatMap((one) => innerRows(one, path)),
  ];
}

const schemaOf = (schema: unknown): JsonSchema => (typeof schema === 'object' ? (schema as JsonSchema) : {});
const hasParts = (schema: unknown): boolean => {
  const { properties, anyOf, oneOf, items } = schemaOf(schema);
  return [properties, anyOf, oneOf, items].some((part) => part !== undefined);
};

function kindOf(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return schema.$ref.replace(COMPONENT, '');
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts !== undefined) return [...new Set(parts.map((part) => kindOf(schemaOf(part))))].join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' or ');
  if (schema.type === 'array') return `list of ${kindOf(schemaOf(schema.items))}`;
  return [schema.type ?? 'any'].flat().join(' or ');
}

function namesIn(schema: JsonSchema): readonly string[] {
  if (schema.$ref !== undefined) return [schema.$ref.replace(COMPONENT, '')];
  return [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), schema.items ?? {}].flatMap((part) =>
    Array.isArray(part) || part === schema || Object.keys(schemaOf(part)).length === 0
      ? []
      : namesIn(schemaOf(part)),
  );
}

function rulesOf(schema: JsonSchema): readonly string[] {
  const { minimum, maximum, exclusiveMinimum, minLength, maxLength, minItems, maxItems } = schema;
  const rules: readonly (readonly [unknown, string])[] = [
    [schema.description, `${schema.description}`],
    [schema.format, `format ${schema.format}`],
    [schema.description === undefined ? schema.pattern : undefined, `matches ${schema.pattern}`],
    [minimum, `at least ${minimum}`],
    [exclusiveMinimum, `more than ${exclusiveMinimum}`],
    [maximum, `at most ${maximum}`],
    [minLength, minLength === 1 ? 'not empty' : `at least ${minLength} characters`],
    [maxLength, `at most ${maxLength} characters`],
    [minItems, minItems === 1 ? 'not empty' : `at least ${minItems} entries`],
    [maxItems, `at most ${maxItems} entries`],
    [schema.default, `left out: ${JSON.stringify(schema.default)}`],
  ];
  const own = rules.filter(([value]) => value !== undefined).map(([, text]) => text);
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(schemaOf);
  return [...parts.filter(({ type }) => type !== 'object').flatMap(rulesOf), ...own];
}
