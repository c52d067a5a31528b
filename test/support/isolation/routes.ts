import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';

const root = join(import.meta.dirname, '../../..');

const listSchema = z.object({
  functions: z.array(z.object({ name: z.string(), bindings: z.array(z.record(z.string(), z.unknown())) })),
});
const httpSchema = z.object({
  type: z.literal('httpTrigger'),
  methods: z.array(z.string()),
  route: z.string(),
  authLevel: z.string(),
});

/** One method of one route, as the functions app itself registers it. */
export type RegisteredRoute = {
  readonly name: string;
  readonly method: string;
  readonly route: string;
  readonly authLevel: string;
};

export function registeredRoutes(): readonly RegisteredRoute[] {
  const script = join(root, 'test/support/list-functions.cjs');
  const printed = execFileSync(process.execPath, [script, join(root, 'dist/functions/index.cjs')], {
    encoding: 'utf8',
    env: {},
  });
  return listSchema.parse(JSON.parse(printed)).functions.flatMap(({ name, bindings }) =>
    bindings.flatMap((binding) => {
      const http = httpSchema.safeParse(binding);
      if (!http.success) return [];
      const { methods, route, authLevel } = http.data;
      return methods.map((method) => ({ name, method, route, authLevel }));
    }),
  );
}

const PARAMETER = /^\{(\w+)(?::\w+)?(\?)?\}$/;

/** The path of a route with its parameters filled in. */
export function pathOf({ name, route }: RegisteredRoute, params: Readonly<Record<string, string>>): string {
  const segments = route.split('/').flatMap((segment) => {
    const [, parameter, optional] = PARAMETER.exec(segment) ?? [];
    if (parameter === undefined) return [segment];
    const value = params[parameter];
    if (value === undefined && optional === undefined)
      throw new Error(`the sample of ${name} gives no ${parameter}, which its route ${route} asks for`);
    return value === undefined ? [] : [encodeURIComponent(value)];
  });
  return `/api/${segments.join('/')}`;
}
