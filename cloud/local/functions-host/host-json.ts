import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { HostError } from '../host-error.ts';
import type { HttpLimits } from './http/turnstile.ts';

/** A device waits for its acknowledgement until the batch is done, and gives up after 30 s. */
const LONGEST_WAIT_MS = 10_000;

/** A .NET time span, `00:00:05`. */
const timeSpanSchema = z
  .string()
  .regex(/^\d\d:[0-5]\d:[0-5]\d$/, 'expected hours:minutes:seconds, such as 00:00:05')
  .transform((text) => {
    const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
  });

const eventHubsSchema = z
  .looseObject({
    maxEventBatchSize: z.int().min(1).default(100),
    minEventBatchSize: z.int().min(1).default(1),
    maxWaitTime: timeSpanSchema.default(60_000),
  })
  .refine(({ minEventBatchSize, maxEventBatchSize }) => minEventBatchSize <= maxEventBatchSize, {
    path: ['minEventBatchSize'],
    message: 'expected no more than maxEventBatchSize',
  })
  .refine(({ minEventBatchSize, maxWaitTime }) => minEventBatchSize === 1 || maxWaitTime <= LONGEST_WAIT_MS, {
    path: ['maxWaitTime'],
    message: 'expected 00:00:10 or less beside a minEventBatchSize: devices wait for the batch',
  });

/** -1: without a limit, as on a dedicated plan. */
const requestsSchema = z
  .union([z.literal(-1), z.int().min(1)])
  .default(-1)
  .transform((most) => (most === -1 ? Number.POSITIVE_INFINITY : most));

const httpSchema = z.looseObject({
  routePrefix: z.string().default('api'),
  maxConcurrentRequests: requestsSchema,
  maxOutstandingRequests: requestsSchema,
});

/** The parts of host.json this host honours; the rest is Azure's business. */
const hostJsonSchema = z.looseObject({
  version: z.literal('2.0'),
  extensions: z
    .looseObject({
      http: httpSchema.prefault({}),
      eventHubs: eventHubsSchema.prefault({}),
    })
    .prefault({}),
});

export type HostJson = {
  /** Without slashes; empty where the app wants none. */
  readonly routePrefix: string;
  readonly httpLimits: HttpLimits;
  readonly batches: EventBatches;
};

/** How the events of the hub become batches: a small one waits for more, up to `maxWaitMs`. */
export type EventBatches = {
  readonly maxEvents: number;
  readonly minEvents: number;
  readonly maxWaitMs: number;
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
  return hostJsonOf(text, file);
}

/** `file`: where it stood. Throws a HostError ERR_HOST_JSON. */
export function hostJsonOf(text: string, file: string): HostJson {
  const parsed = hostJsonSchema.safeParse(jsonOrUndefined(text));
  if (!parsed.success) {
    throw new HostError('ERR_HOST_JSON', `${file}: ${z.prettifyError(parsed.error)}`, {
      cause: parsed.error,
    });
  }
  const { http, eventHubs } = parsed.data.extensions;
  return {
    routePrefix: http.routePrefix.replaceAll(/^\/+|\/+$/g, ''),
    httpLimits: http,
    batches: {
      maxEvents: eventHubs.maxEventBatchSize,
      minEvents: eventHubs.minEventBatchSize,
      maxWaitMs: eventHubs.maxWaitTime,
    },
  };
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
