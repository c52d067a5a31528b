import { describe, expect, test } from 'vitest';
import { errorCodeSchema } from '../../../../cloud/contracts/http.ts';
import { rightsOfPeople } from '../../../../cloud/functions/api/access.ts';
import { openApiOf } from '../../../../cloud/functions/api/open-api.ts';
import { OPERATIONS } from '../../../../cloud/functions/api/operations.ts';
import { registeredRoutes } from '../../../support/registered-routes.ts';

const routes = registeredRoutes();
const document = openApiOf(routes);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

const KEYWORDS = new Set(
  [
    ['$ref', 'type', 'properties', 'required', 'additionalProperties', 'items', 'anyOf', 'oneOf', 'allOf'],
    ['const', 'enum', 'default', 'description', 'format', 'pattern', 'minLength', 'maxLength'],
    ['minimum', 'maximum', 'exclusiveMinimum', 'minItems', 'maxItems', 'propertyNames', 'prefixItems'],
  ].flat(),
);
const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

/** What is wrong with a schema of 2020-12, and with those inside it. */
function malformed(schema: unknown, at: string): string[] {
  if (typeof schema === 'boolean') return [];
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [`${at}: is no schema`];
  const { type, properties, required, items, pattern, anyOf, oneOf, allOf } = schema as Record<
    string,
    unknown
  >;
  const unknown = Object.keys(schema).filter((keyword) => !KEYWORDS.has(keyword));
  const wrong = [
    ...unknown.map((keyword) => `${at}: ${keyword} is not known`),
    ...[type ?? []]
      .flat()
      .flatMap((one) => (TYPES.includes(String(one)) ? [] : [`${at}: ${one} is no type`])),
    ...(required === undefined || Array.isArray(required) ? [] : [`${at}: required is no list`]),
  ];
  if (typeof pattern === 'string') new RegExp(pattern, 'u');
  for (const name of (required ?? []) as string[])
    if (!Object.hasOwn((properties ?? {}) as object, name))
      wrong.push(`${at}: ${name} is required and unknown`);
  for (const [name, inner] of Object.entries((properties ?? {}) as object))
    wrong.push(...malformed(inner, `${at}.${name}`));
  if (items !== undefined) wrong.push(...malformed(items, `${at}[]`));
  for (const list of [anyOf, oneOf, allOf])
    for (const inner of (list ?? []) as unknown[]) wrong.push(...malformed(inner, at));
  return wrong;
}

const refsIn = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);

describe('the description of the API', () => {
  test('has a line for each function that can be called by HTTP, and for no other', () => {
    const described = Object.values(OPERATIONS).flatMap((some) => Object.keys(some));
    expect(described.sort()).toEqual(routes.map(({ name }) => name).sort());
  });

  test('says who may call, from the registration or in its own words, never both', () => {
    const rights = rightsOfPeople();
    const saying = Object.values(OPERATIONS).flatMap((some) => Object.entries(some));
    for (const [name, { who }] of saying) expect([name, rights.has(name)]).toEqual([name, who === undefined]);
  });

  test('has every route with all its methods, and names each only once', () => {
    const methods = routes.flatMap((route) =>
      route.methods.map((method) =>
        `${method.toLowerCase()} /api/${route.route}`.replace(/\/\{\w+\?\}$/, ''),
      ),
    );
    const listed = operations.map(({ path, method }) => `${method} ${path}`);
    expect(listed).toEqual(expect.arrayContaining(methods));
    expect(listed).toContain('put /api/ingest/{sensorId}/{key}');
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('declares each parameter of a path, and no other', () => {
    for (const { path, operation } of operations) {
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path');
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(declared.map(({ name }) => name)).toEqual(named);
      expect(declared.every(({ required }) => required)).toBe(true);
    }
  });

  test('refers only to what is in it, and has nothing in it that nobody refers to', () => {
    const names = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect([...new Set(refsIn(document))].sort()).toEqual(names.sort());
  });

  test('is of well-formed schemas', () => {
    const bodies = operations.flatMap(({ operation: { operationId, parameters, requestBody, responses } }) =>
      [
        ...parameters.map(({ schema }) => schema),
        ...[requestBody, ...Object.values(responses)].flatMap((body) =>
          Object.values(body?.content ?? {}).flatMap(({ schema }) => (schema === undefined ? [] : [schema])),
        ),
      ].map((schema) => [operationId, schema] as const),
    );
    expect(bodies.length).toBeGreaterThan(routes.length);
    const all = [...Object.entries(document.components.schemas), ...bodies];
    expect(all.flatMap(([name, schema]) => malformed(schema, name))).toEqual([]);
  });

  test('asks for fields that an answer always has only where they have no default', () => {
    const { StoreInput, Store } = document.components.schemas;
    expect(StoreInput?.required).toEqual(['name', 'timeZone', 'limits', 'storeGroups', 'doors']);
    expect(Store?.required).toEqual(expect.arrayContaining(['liveForSeconds', 'zones']));
  });

  test('says of each refusal which codes may come, all of them known', () => {
    const refusals = operations.flatMap(({ operation }) =>
      Object.entries(operation.responses).filter(([status]) => !status.startsWith('2')),
    );
    const codes = refusals.flatMap(([, { description }]) => description.split(', '));
    expect(codes.filter((code) => !errorCodeSchema.safeParse(code).success)).toEqual([]);
    expect(refusals.every(([, { content }]) => content?.['application/problem+json'] !== undefined)).toBe(
      true,
    );
  });

  test('has each scheme by which a call is let in', () => {
    const used = operations.flatMap(({ operation }) => operation.security.flatMap((one) => Object.keys(one)));
    expect([...new Set(used)].sort()).toEqual(Object.keys(document.components.securitySchemes).sort());
  });
});
