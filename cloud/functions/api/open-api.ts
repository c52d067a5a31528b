import { PROBLEM_TYPE, problemSchema } from '../../contracts/http.ts';
import { accessOf, rightsOfPeople, SECURITY_SCHEMES } from './access.ts';
import { type Components, componentsOf, inlineSchema, type JsonSchema } from './json-schemas.ts';
import { NAMED_SCHEMAS } from './named-schemas.ts';
import type { Body, HttpRoute, Operation, Schema } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { type Address, addressesOf, capitalised, PATH_PARAMETERS } from './paths.ts';

export type Media = { readonly schema?: JsonSchema };
export type Content = Readonly<Record<string, Media>>;
export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
};
export type Answered = { readonly description: string; readonly content?: Content };
export type DescribedOperation = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Answered>>;
};
export type OpenApi = {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: typeof SECURITY_SCHEMES;
  };
};

const INFO = {
  title: 'Vitrine',
  version: '1',
  description:
    'Counts people in stores and shows it on signs. Times are Unix milliseconds unless they say otherwise. ' +
    'Every refusal is a problem as of RFC 9457; act on its code, and show its detail to people.',
};

/** The functions that are registered, as OpenAPI 3.1. One without a description is left out; a test finds it. */
export function openApiOf(routes: readonly HttpRoute[]): OpenApi {
  const components = bodiesOf(Object.assign({}, ...Object.values(OPERATIONS)));
  const rights = rightsOfPeople();
  const paths: Record<string, Record<string, DescribedOperation>> = {};
  for (const [tag, operations] of Object.entries(OPERATIONS))
    for (const route of routes) {
      const operation = operations[route.name];
      if (operation === undefined) continue;
      const who = operation.who ?? rights.get(route.name) ?? 'anybody';
      for (const address of addressesOf(route)) {
        const described = describedOperation({ ...operation, who }, address, components);
        paths[address.path] = { ...paths[address.path], [address.method]: { ...described, tags: [tag] } };
      }
    }
  return {
    openapi: '3.1.1',
    info: INFO,
    tags: Object.keys(OPERATIONS).map((name) => ({ name })),
    paths,
    components: { schemas: components.schemas, securitySchemes: SECURITY_SCHEMES },
  };
}

function bodiesOf(operations: Readonly<Record<string, Operation>>): Components {
  const names = new Map(Object.entries(NAMED_SCHEMAS).map(([name, schema]) => [schema, name]));
  const input: Schema[] = [];
  const output: Schema[] = [problemSchema];
  for (const [name, { request, answer }] of Object.entries(operations)) {
    for (const [body, used, suffix] of [
      [request, input, 'Request'],
      [answer, output, 'Answer'],
    ] as const) {
      if (body?.json === undefined) continue;
      used.push(body.json);
      if (!names.has(body.json)) names.set(body.json, capitalised(name) + suffix);
    }
  }
  return componentsOf(names, { input, output });
}

function describedOperation(
  operation: Operation & { readonly who: NonNullable<Operation['who']> },
  address: Address,
  components: Components,
): Omit<DescribedOperation, 'tags'> {
  const { summary, who, request } = operation;
  const { words, security } = accessOf(who);
  const requestBody = request && { required: true, content: contentOf(request, 'input', components) };
  return {
    operationId: address.operationId,
    summary,
    description: `${words}.`,
    security,
    parameters: parametersOf(operation, address),
    ...(requestBody && { requestBody }),
    responses: { ...successOf(operation, components), ...problemsOf(operation, components) },
  };
}

function contentOf({ json, media = [] }: Body, direction: 'input' | 'output', components: Components) {
  const content: Record<string, Media> = Object.fromEntries(media.map((type) => [type, {}]));
  if (json !== undefined) content['application/json'] = { schema: components.ref(json, direction) };
  return content;
}

function successOf({ answer, status = 200 }: Operation, components: Components): Record<string, Answered> {
  const content = contentOf(answer, 'output', components);
  if (Object.keys(content).length === 0) return { '2XX': { description: 'Done. There is no body.' } };
  return { [status]: { description: 'Done.', content } };
}

function parametersOf({ query, headers = {} }: Operation, { parameters }: Address): readonly Parameter[] {
  const asked: JsonSchema = query === undefined ? {} : inlineSchema(query);
  return [
    ...parameters.map((name) => ({ name, in: 'path' as const, required: true, schema: ofPath(name) })),
    ...Object.entries(asked.properties ?? {}).map(([name, schema]) => ({
      name,
      in: 'query' as const,
      required: asked.required?.includes(name) ?? false,
      schema: typeof schema === 'boolean' ? {} : schema,
    })),
    ...Object.entries(headers).map(([name, description]) => ({
      name,
      in: 'header' as const,
      required: false,
      description,
      schema: { type: 'string' as const },
    })),
  ];
}

function ofPath(name: string): JsonSchema {
  const schema = PATH_PARAMETERS[name];
  return schema === undefined ? { type: 'string' } : inlineSchema(schema);
}

function problemsOf(
  { who = 'anybody', query, request, problems = [] }: Operation,
  components: Components,
): Record<string, Answered> {
  const all = [...accessOf(who).problems, ...problems];
  if (query !== undefined || request?.json !== undefined) all.push('400 bad-request');
  if (request?.json !== undefined) all.push('400 not-json');
  const problem = components.ref(problemSchema, 'output');
  const byStatus = Map.groupBy(new Set(all), (one) => one.slice(0, 3));
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => {
      const codes = some.map((one) => one.slice(4)).sort();
      const schema = { allOf: [problem, { properties: { code: { enum: codes } } }] } as JsonSchema;
      return [status, { description: codes.join(', '), content: { [PROBLEM_TYPE]: { schema } } }];
    }),
  );
}
