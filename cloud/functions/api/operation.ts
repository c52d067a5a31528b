import type * as z from 'zod';
import type { ErrorCode } from '../../contracts/http.ts';
import type { Right } from '../people/guarded.ts';

export type Schema = z.core.$ZodType;

/** JSON of a shape, bytes of some media types, either, or nothing. */
export type Body = { readonly json?: Schema; readonly media?: readonly string[] };

/** Who may call: people who have a right, or what proves itself in another way. */
export type Who = Right | 'anybody' | 'sign' | 'sensor' | 'platform';

/** What its registration does not tell of a function that is called by HTTP. */
export type Operation = {
  readonly summary: string;
  /** Left out: the right that people need, as it stands in people-routes. */
  readonly who?: Who;
  /** An object: one field a parameter. */
  readonly query?: Schema;
  /** Headers that it reads besides those that say who calls, and why. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly request?: Body;
  readonly answer: Body;
  /** Left out: 200. */
  readonly status?: 200 | 201;
  /** Besides those that follow from who may call, and from there being a body or a query. */
  readonly problems?: readonly `${number} ${ErrorCode}`[];
};

/** By the name that the function is registered with. */
export type Operations = Readonly<Record<string, Operation>>;

/** How a function is registered. */
export type HttpRoute = {
  readonly name: string;
  readonly methods: readonly string[];
  readonly route: string;
};
