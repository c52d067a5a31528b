import * as z from 'zod';
import { MAX_PROPERTIES } from './property-bag.ts';

/** How a batch is told from a single message. */
export const BATCH_CONTENT_TYPE = 'application/vnd.microsoft.iothub.json';
const MAX_MESSAGES = 500;

export type PostedMessage = { readonly body: Buffer; readonly properties: readonly [string, string][] };

const messageSchema = z
  .object({
    body: z.string(),
    /** The SDKs that leave it out mean true. */
    base64Encoded: z.boolean().default(true),
    properties: z
      .record(z.string(), z.string())
      .default({})
      .refine((properties) => Object.keys(properties).length <= MAX_PROPERTIES, {
        error: `expected at most ${MAX_PROPERTIES} properties`,
      }),
  })
  .refine(({ body, base64Encoded }) => !base64Encoded || z.base64().safeParse(body).success, {
    error: 'expected base64, or "base64Encoded": false',
    path: ['body'],
  });

const batchSchema = z.array(messageSchema).min(1).max(MAX_MESSAGES);

/** The messages of a batch, in order, or what is wrong with it: `body[2].properties.x: expected string`. */
export function parseBatch(body: Buffer): readonly PostedMessage[] | { readonly fault: string } {
  const parsed = batchSchema.safeParse(jsonOf(body));
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, 3);
    return {
      fault: issues.map(({ path, message }) => `${z.core.toDotPath(path) || 'body'}: ${message}`).join('; '),
    };
  }
  return parsed.data.map((message) => ({
    body: Buffer.from(message.body, message.base64Encoded ? 'base64' : 'utf8'),
    properties: Object.entries(message.properties),
  }));
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
