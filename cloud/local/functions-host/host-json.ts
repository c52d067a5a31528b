import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { HostError } from '../host-error.ts';

/** The parts of host.json this host honours; the rest is Azure's business. */
const hostJsonSchema = z.looseObject({
  version: z.literal('2.0'),
  extensions: z
    .looseObject({
      http: z.looseObject({ routePrefix: z.string().default('api') }).prefault({}),
      eventHubs: z.looseObject({ maxEventBatchSize: z.int().min(1).default(100) }).prefault({}),
    })
    .prefault({}),
});

export type HostJson = {
  /** Without slashes; empty where the app wants none. */
  readonly routePrefix: string;
  readonly maxEventBatchSize: number;
};

/** Reads the host.json beside the app's file. Throws a HostError ERR_HOST_JSON. */
export function readHostJson(appFile: string): HostJson {
  const file = join(dirname(appFile), 'host.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new HostError('ERR_HOST_JSON', `cannot read ${file}: run the build first`, { cause });
  }
  const parsed = hostJsonSchema.safeParse(jsonOrUndefined(text));
  if (!parsed.success) {
    throw new HostError('ERR_HOST_JSON', `${file}: ${z.prettifyError(parsed.error)}`, {
      cause: parsed.error,
    });
  }
  const { http, eventHubs } = parsed.data.extensions;
  return {
    routePrefix: http.routePrefix.replaceAll(/^\/+|\/+$/g, ''),
    maxEventBatchSize: eventHubs.maxEventBatchSize,
  };
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
