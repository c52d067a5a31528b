import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type * as z from 'zod';
import { API_PATHS, type ErrorCode, PROBLEM_TYPE, type Problem } from '../contracts/http.ts';
import { PROBLEM_TITLES } from './api/problem-titles.ts';

const NO_STORE = { 'cache-control': 'no-store' };

export const answer = (body: unknown): HttpResponseInit => ({
  status: 200,
  headers: NO_STORE,
  jsonBody: body,
});

/** Problem details (RFC 9457). */
export function refusal(
  status: number,
  code: ErrorCode,
  detail: string,
  field?: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponseInit {
  const problem: Problem = {
    type: API_PATHS.problem(code),
    title: PROBLEM_TITLES[code],
    status,
    detail,
    code,
    ...(field === undefined ? {} : { field }),
  };
  return { status, headers: { ...NO_STORE, 'content-type': PROBLEM_TYPE, ...headers }, jsonBody: problem };
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: HttpResponseInit };

/** The request's JSON body in the shape of `schema`, or an answer that names the field and what was expected. */
export async function parsedBody<T>(request: HttpRequest, schema: Schema<T>): Promise<Parsed<T>> {
  let body: unknown;
  try {
    body = await request.json();
  } catch {
    return { ok: false, refusal: refusal(400, 'not-json', 'body: expected JSON') };
  }
  return parsed(body, schema);
}

/** `name`: what the value is called where no field inside it is at fault. */
export function parsed<T>(value: unknown, schema: Schema<T>, name = 'body'): Parsed<T> {
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, value: result.data };
  const issue = result.error.issues[0];
  const field = issue?.path.map(String).join('.') || name;
  return { ok: false, refusal: refusal(400, 'bad-request', `${field}: ${issue?.message}`, field) };
}

/** Schemas of contracts are of zod/mini, those of the cloud of zod; both are this. */
type Schema<T> = { safeParse(value: unknown): z.core.util.SafeParseResult<T> };
