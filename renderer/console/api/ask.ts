import { type ErrorCode, problemSchema } from '../../../cloud/contracts/http.ts';

type Schema<T> = { parse(value: unknown): T };
export type AskOptions = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

/** `unreachable`: no answer came; `unreadable`: an answer that this page does not understand. */
export type ProblemCode = ErrorCode | 'unreachable' | 'unreadable';

export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ProblemCode;
  readonly field: string | undefined;
  readonly status: number;

  constructor(code: ProblemCode, message: string, status: number, field?: string) {
    super(message);
    this.code = code;
    this.status = status;
    this.field = field;
  }
}

/** Calls the cloud that this page came from, with the session's cookie. @throws ApiProblem */
export async function ask<T>(schema: Schema<T>, path: string, options: AskOptions = {}): Promise<T> {
  const response = await sent(path, options);
  const text = await response.text().catch(() => '');
  const body = parsedJson(text);
  if (!response.ok) throw refusalOf(body, response.status);
  try {
    return schema.parse(body);
  } catch {
    throw new ApiProblem('unreadable', 'The cloud gave an answer that this page does not understand.', 0);
  }
}

/** For answers in which nothing is read. */
export const anyAnswer: Schema<unknown> = { parse: (value) => value };

/** What to tell a person; words of others stay as they are. */
export const problemWords = (problem: unknown): string =>
  problem instanceof Error ? problem.message : 'Something went wrong.';

async function sent(path: string, { method = 'GET', body, headers, signal }: AskOptions): Promise<Response> {
  const hasBody = body !== undefined;
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { ...headers, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
      ...(hasBody ? { body: JSON.stringify(body) } : {}),
      ...(signal ? { signal } : {}),
    });
  } catch {
    throw new ApiProblem('unreachable', 'The cloud cannot be reached. Try again in a moment.', 0);
  }
}

function refusalOf(body: unknown, status: number): ApiProblem {
  const parsed = problemSchema.safeParse(body);
  if (!parsed.success) {
    return new ApiProblem('unreadable', `The cloud answered ${status} and did not say why.`, status);
  }
  const { code, detail, field } = parsed.data;
  return new ApiProblem(code, detail, status, field);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
