import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { readonly url: string; readonly description: string };
  }
}

/** One PostgreSQL for all files of the project; each test makes its own schema in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, description, stop } = await startPostgres();
  process.stdout.write(`contract: PostgreSQL ${description}\n`);
  project.provide('postgres', { url, description });
  return stop;
}
