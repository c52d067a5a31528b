import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';
import type { HttpRoute } from '../../cloud/functions/api/operation.ts';

const ROOT = join(import.meta.dirname, '../..');
const triggerSchema = z.object({
  type: z.literal('httpTrigger'),
  methods: z.array(z.string()),
  route: z.string(),
});
const printedSchema = z.object({
  functions: z.array(z.object({ name: z.string(), bindings: z.array(z.unknown()) })),
});

/** What the functions register to be called by HTTP, in a process of its own: as a host would be told. */
export function registeredRoutes(): readonly HttpRoute[] {
  const script = join(ROOT, 'test/support/list-functions.cjs');
  const printed = execFileSync(process.execPath, [script, join(ROOT, 'cloud/functions/index.ts')], {
    encoding: 'utf8',
    env: {},
  });
  return printedSchema.parse(JSON.parse(printed)).functions.flatMap(({ name, bindings }) =>
    bindings.flatMap((binding) => {
      const { success, data } = triggerSchema.safeParse(binding);
      return success ? [{ name, methods: data.methods, route: data.route }] : [];
    }),
  );
}
