import * as z from 'zod';

/** Tests that did not simply pass, by name and, where it is known, with the first line of what was wrong. */
export type Mishaps = { readonly failures: readonly string[]; readonly secondTries: readonly string[] };

export const NO_MISHAPS: Mishaps = { failures: [], secondTries: [] };

const vitestSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string().default(''),
      message: z.string().default(''),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string().default(''),
          status: z.string().default(''),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/** A test that failed and then passed keeps the messages of its first try. */
export function vitestMishaps(report: unknown): Mishaps {
  const files = vitestSchema.parse(report).testResults;
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
  const words = ({ file, fullName, failureMessages }: (typeof tests)[number]) =>
    lineOf(`${shortName(file)}: ${fullName}`, failureMessages?.[0]);
  const notLoaded = files
    .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
    .map(({ name, message }) => lineOf(`${shortName(name)}: could not be loaded`, message));
  return {
    failures: [...tests.filter(({ status }) => status === 'failed').map(words), ...notLoaded],
    secondTries: tests
      .filter(({ status, failureMessages }) => status === 'passed' && (failureMessages ?? []).length > 0)
      .map(words),
  };
}

const playwrightTestSchema = z.object({
  status: z.string(),
  results: z.array(z.object({ error: z.object({ message: z.string().default('') }).nullish() })),
});
type PlaywrightSuite = {
  readonly title: string;
  readonly specs?: readonly { readonly title: string; readonly tests: readonly PlaywrightTest[] }[];
  readonly suites?: readonly PlaywrightSuite[];
};
type PlaywrightTest = z.infer<typeof playwrightTestSchema>;
const playwrightSuiteSchema: z.ZodType<PlaywrightSuite> = z.lazy(() =>
  z.object({
    title: z.string(),
    specs: z.array(z.object({ title: z.string(), tests: z.array(playwrightTestSchema) })).default([]),
    suites: z.array(playwrightSuiteSchema).default([]),
  }),
);
const playwrightSchema = z.object({ suites: z.array(playwrightSuiteSchema).default([]) });

export function playwrightMishaps(report: unknown): Mishaps {
  const tests = playwrightSchema.parse(report).suites.flatMap((suite) => testsIn(suite, ''));
  const words = ({ name, results }: (typeof tests)[number]) =>
    lineOf(name, results.find(({ error }) => error != null)?.error?.message);
  return {
    failures: tests.filter(({ status }) => status === 'unexpected').map(words),
    secondTries: tests.filter(({ status }) => status === 'flaky').map(words),
  };
}

function testsIn(
  { title, specs = [], suites = [] }: PlaywrightSuite,
  above: string,
): readonly (PlaywrightTest & { readonly name: string })[] {
  const name = above === '' ? title : `${above}: ${title}`;
  return [
    ...specs.flatMap((spec) => spec.tests.map((test) => ({ ...test, name: `${name}: ${spec.title}` }))),
    ...suites.flatMap((suite) => testsIn(suite, name)),
  ];
}

const shortName = (file: string): string => file.replace(/^.*?\/(?=test\/)/, '');

function lineOf(name: string, message: string | undefined): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal begin with one.
  const first = (message ?? '').replace(/\u001b\[[\d;]*m/g, '').split('\n')[0] ?? '';
  return first === '' ? name : `${name}\n      ${first.slice(0, 300)}`;
}
