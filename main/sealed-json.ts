import { createHash } from 'node:crypto';
import * as z from 'zod';
import { textOf } from './atomic-file.ts';

/** What a file on the device held. Broken: something, but not what was written. */
export type Kept<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'broken'; readonly why: string };

const sealSchema = z.object({ sha256: z.string(), value: z.unknown() });

/** JSON with a checksum over its value. */
export const sealed = (value: unknown): string =>
  `${JSON.stringify({ sha256: sha256(JSON.stringify(value)), value })}\n`;

/** The value that was sealed, or that it is broken; never another value. */
export function opened<T>(text: string, schema: z.core.$ZodType<T>): Kept<T> {
  const seal = sealSchema.safeParse(jsonIn(text));
  if (!seal.success) return { kind: 'broken', why: 'it is not sealed JSON' };
  const { sha256: expected, value } = seal.data;
  if (sha256(JSON.stringify(value) ?? '') !== expected) {
    return { kind: 'broken', why: 'its checksum is another' };
  }
  const parsed = z.safeParse(schema, value);
  return parsed.success
    ? { kind: 'value', value: parsed.data }
    : { kind: 'broken', why: z.prettifyError(parsed.error) };
}

/** Never rejects: what cannot be read is broken. */
export async function readSealed<T>(file: string, schema: z.core.$ZodType<T>): Promise<Kept<T>> {
  try {
    const text = await textOf(file);
    return text === undefined ? { kind: 'absent' } : opened(text, schema);
  } catch (error) {
    return { kind: 'broken', why: String(error) };
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
