import * as z from 'zod';
import type { Schema } from './operation.ts';

export type JsonSchema = z.core.JSONSchema.JSONSchema;
type Direction = 'input' | 'output';
type Drawn = Readonly<Record<string, JsonSchema>>;

export const COMPONENT = '#/components/schemas/';

export type Components = {
  readonly schemas: Drawn;
  /** As it is asked for, and as it is answered: a field with a default may be left out of one, and is there in the other. */
  ref(schema: Schema, direction: Direction): JsonSchema;
};

/** Each schema once, and referred to by its name wherever it stands in another. */
export function componentsOf(
  names: ReadonlyMap<Schema, string>,
  used: Readonly<Record<Direction, readonly Schema[]>>,
): Components {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of names) registry.add(schema, { id });
  const nameOf = (schema: Schema) => names.get(schema) ?? '';
  const output = drawn(registry, 'output', (id) => id);
  const input = drawn(registry, 'input', (id) => id);
  const answered = reachable(output, used.output.map(nameOf));
  const asked = reachable(input, used.input.map(nameOf));
  const differs = differing(input, output);
  const askedName = (id: string) => (differs.has(id) && answered.has(id) ? `${id}Input` : id);
  const renamed = drawn(registry, 'input', askedName);
  const entries = [
    ...Object.entries(output).filter(([id]) => answered.has(id)),
    ...Object.entries(renamed)
      .filter(([id]) => asked.has(id))
      .map(([id, schema]) => [askedName(id), schema] as const),
  ];
  return {
    schemas: Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1))),
    ref: (schema, direction) => {
      const name = nameOf(schema);
      return { $ref: `${COMPONENT}${direction === 'input' ? askedName(name) : name}` };
    },
  };
}

/** The schema of one place, with nothing in it that has a name. */
export const inlineSchema = (schema: Schema): JsonSchema => {
  const { $schema: _, ...body } = z.toJSONSchema(schema, { io: 'input', override: reworded });
  return body;
};

function drawn(
  registry: z.core.$ZodRegistry<{ id: string }>,
  io: Direction,
  nameOf: (id: string) => string,
): Drawn {
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: (id) => COMPONENT + nameOf(id),
    unrepresentable: 'any',
    override: reworded,
  });
  const bodies = Object.entries(schemas).map(([id, { $schema: _, $id: __, ...body }]) => [id, body] as const);
  return Object.fromEntries(bodies);
}

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;

const reworded: Override = ({ zodSchema, jsonSchema }) => {
  const { def } = zodSchema._zod;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  // Readers of answers must not fail over a field that is new.
  if (def.type === 'object' && !('catchall' in def && def.catchall)) delete jsonSchema.additionalProperties;
  const rules = [def, ...(def.checks ?? []).map((check) => check._zod.def)];
  const words = [...new Set(rules.map(wordsOf).filter((one) => one !== ''))];
  if (words.length > 0) jsonSchema.description = words.join('; ');
};

type Worded = { readonly error?: z.core.$ZodErrorMap; readonly path?: readonly PropertyKey[] };

/** What a refusal would say of it: the rules that JSON Schema cannot tell. */
function wordsOf(rule: object): string {
  const { error, path = [] } = rule as Worded;
  const said = error?.({ code: 'custom', input: undefined, path: [] });
  const words = typeof said === 'string' ? said : (said?.message ?? '');
  return path.length === 0 || words === '' ? words : `${path.map(String).join('.')}: ${words}`;
}

const refsIn = (schema: unknown): readonly string[] =>
  [...JSON.stringify(schema).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name = '']) => name,
  );

function reachable(schemas: Drawn, from: readonly string[]): ReadonlySet<string> {
  const found = new Set(from);
  // A set hands out what is added to it on the way.
  for (const name of found) for (const next of refsIn(schemas[name])) found.add(next);
  return found;
}

/** Those that are not the same both ways, and those that refer to one of them. */
function differing(input: Drawn, output: Drawn): ReadonlySet<string> {
  const names = Object.keys(output);
  const found = new Set(names.filter((name) => JSON.stringify(input[name]) !== JSON.stringify(output[name])));
  for (const changed of found)
    for (const name of names) if (refsIn(output[name]).includes(changed)) found.add(name);
  return found;
}
