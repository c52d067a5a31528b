import * as z from 'zod';
import type { SignalRMessage } from './signalr-message.ts';

/** Closes every record of the JSON hub protocol (HubProtocol.md, "JSON Encoding"); a frame may carry several. */
const RECORD_END = '\x1e';
const VERSION = 1;
const INVOCATION = 1;
const COMPLETION = 3;
const STREAM_INVOCATION = 4;
const PING = 6;
const CLOSE = 7;

export const HANDSHAKE_DONE = `{}${RECORD_END}`;
export const PING_RECORD = `{"type":${PING}}${RECORD_END}`;

const handshakeSchema = z.object({ protocol: z.string(), version: z.number() });
const messageSchema = z.object({ type: z.number(), invocationId: z.string().optional() });

export type CloseReason = { readonly error?: string; readonly allowReconnect?: true };

/** What of a client's message the service acts on. */
export type ClientMessage =
  | { readonly kind: 'call'; readonly invocationId: string | undefined }
  | { readonly kind: 'close' }
  /** Pings, and all that has no meaning where clients cannot call. */
  | { readonly kind: 'sign of life' };

/** The records of one frame, or undefined if the last is cut short. */
export function recordsIn(text: string): readonly string[] | undefined {
  return text.endsWith(RECORD_END) ? text.slice(0, -1).split(RECORD_END) : undefined;
}

export function handshakeIn(
  record: string,
): { readonly ok: true } | { readonly ok: false; readonly error: string } {
  const request = handshakeSchema.safeParse(jsonOf(record));
  if (!request.success) return { ok: false, error: 'Handshake was malformed.' };
  const { protocol, version } = request.data;
  if (protocol !== 'json') return { ok: false, error: `The protocol '${protocol}' is not supported.` };
  if (version !== VERSION) {
    return { ok: false, error: `The server does not support version ${version} of the 'json' protocol.` };
  }
  return { ok: true };
}

/** Undefined if the record is not a message of the protocol. */
export function messageIn(record: string): ClientMessage | undefined {
  const message = messageSchema.safeParse(jsonOf(record));
  if (!message.success) return undefined;
  const { type, invocationId } = message.data;
  if (type === INVOCATION || type === STREAM_INVOCATION) return { kind: 'call', invocationId };
  return { kind: type === CLOSE ? 'close' : 'sign of life' };
}

export const handshakeRefused = (error: string): string => record({ error });

/** A non-blocking invocation of the client's method `target`. */
export const invocationRecord = (message: Pick<SignalRMessage, 'target' | 'arguments'>): string =>
  record({ type: INVOCATION, target: message.target, arguments: message.arguments });

export const failedCompletion = (invocationId: string, error: string): string =>
  record({ type: COMPLETION, invocationId, error });

/** Only with `allowReconnect` does the client come back by itself. */
export const closeRecord = (reason: CloseReason): string => record({ type: CLOSE, ...reason });

const record = (value: object) => JSON.stringify(value) + RECORD_END;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
