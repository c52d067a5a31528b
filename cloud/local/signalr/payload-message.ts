import * as z from 'zod';

/** Deeper than this, writing a message as JSON could run out of stack, and no client needs it. */
const MAX_DEPTH = 64;

/** The service's PayloadMessage: what a client's method is called, and with what. */
const payloadSchema = z.object({
  target: z.string().min(1),
  arguments: z.array(z.unknown()).nullish(),
});

export type Payload =
  | {
      readonly ok: true;
      readonly message: { readonly target: string; readonly arguments: readonly unknown[] };
    }
  | { readonly ok: false; readonly why: string };

export function payloadIn(body: Buffer): Payload {
  const payload = payloadSchema.safeParse(jsonOf(body));
  if (!payload.success) {
    return { ok: false, why: `The body is no message: ${z.prettifyError(payload.error)}` };
  }
  const { target, arguments: args } = payload.data;
  if (isDeeperThan(args, MAX_DEPTH)) {
    return { ok: false, why: `The body is no message: arguments may be nested ${MAX_DEPTH} deep.` };
  }
  return { ok: true, message: { target, arguments: args ?? [] } };
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => isDeeperThan(inner, depth - 1));
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
