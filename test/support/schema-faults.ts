import type { JsonSchema } from '../../cloud/functions/api/json-schemas.ts';

type Schemas = Readonly<Record<string, JsonSchema>>;
const PREFIX = '#/components/schemas/';

/**
 * Where a value is not as a schema says: the part of JSON Schema that our documents use. Stricter than it, a field that
 * the schema does not name is a fault.
 */
export function schemaFaults(
  value: unknown,
  schema: JsonSchema | boolean,
  schemas: Schemas,
  at = '$',
): string[] {
  if (typeof schema === 'boolean') return schema ? [] : [`${at}: nothing is expected`];
  if (schema.$ref !== undefined) {
    const target = schemas[schema.$ref.replace(PREFIX, '')];
    return target === undefined
      ? [`${at}: ${schema.$ref} is nowhere`]
      : schemaFaults(value, target, schemas, at);
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    const faults = choices.map((one) => schemaFaults(value, one as JsonSchema, schemas, at));
    return faults.find((some) => some.length === 0) ?? faults.flat();
  }
  if (schema.const !== undefined && value !== schema.const) return [`${at}: expected ${schema.const}`];
  if (schema.enum !== undefined && !schema.enum.includes(value as string))
    return [`${at}: ${value} is none of them`];
  if (schema.type !== undefined && ![schema.type].flat().some((type) => isOf(type, value)))
    return [`${at}: expected ${schema.type}, is ${value}`];
  if (typeof value === 'string') return textFaults(value, schema, at);
  if (typeof value === 'number') return numberFaults(value, schema, at);
  if (Array.isArray(value))
    return value.flatMap((one, index) =>
      schema.items === undefined
        ? []
        : schemaFaults(one, schema.items as JsonSchema, schemas, `${at}[${index}]`),
    );
  if (typeof value === 'object' && value !== null && schema.properties !== undefined)
    return objectFaults(value as Record<string, unknown>, schema, schemas, at);
  return [];
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

const textFaults = (
  text: string,
  { pattern, minLength = 0, maxLength = Infinity }: JsonSchema,
  at: string,
) =>
  text.length < minLength || text.length > maxLength || !new RegExp(pattern ?? '', 'u').test(text)
    ? [`${at}: ${text} is no such text`]
    : [];

const numberFaults = (value: number, { minimum = -Infinity, maximum = Infinity }: JsonSchema, at: string) =>
  value < minimum || value > maximum ? [`${at}: ${value} is out of bounds`] : [];

function objectFaults(
  value: Record<string, unknown>,
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  schemas: Schemas,
  at: string,
): string[] {
  const missing = required
    .filter((name) => value[name] === undefined)
    .map((name) => `${at}.${name}: is missing`);
  const inside = Object.entries(value).flatMap(([name, field]) => {
    const schema = properties[name] ?? (additionalProperties || undefined);
    if (field === undefined) return [];
    return schema === undefined
      ? [`${at}.${name}: is not described`]
      : schemaFaults(field, schema as JsonSchema, schemas, `${at}.${name}`);
  });
  return [...missing, ...inside];
}
