import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** What the hub says to an HTTP request. */
export type HttpAnswer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The hub's own codes and the status each goes with. */
const STATUS_OF = {
  ArgumentInvalid: 400,
  InvalidProtocolVersion: 400,
  IotHubUnauthorizedAccess: 401,
  DeviceNotFound: 404,
  ResourceNotFound: 404,
  DeviceAlreadyExists: 409,
  PreconditionFailed: 412,
  MessageTooLarge: 413,
  ThrottlingException: 429,
  ServerError: 500,
  ServiceUnavailable: 503,
} as const;

export type HubErrorCode = keyof typeof STATUS_OF;

/** An error as IoT Hub writes it: `{"Message":"ErrorCode:DeviceNotFound;...","ExceptionMessage":"Tracking ID:..."}`. */
export function errorAnswer(code: HubErrorCode, message: string): HttpAnswer {
  return {
    status: STATUS_OF[code],
    body: {
      Message: `ErrorCode:${code};${message}`,
      ExceptionMessage: `Tracking ID:${randomUUID().replaceAll('-', '')}`,
    },
    headers: { 'iothub-errorcode': code },
  };
}

/** `afterMs`: when it may be tried again. */
export function throttledAnswer(message: string, afterMs: number): HttpAnswer {
  const answer = errorAnswer('ThrottlingException', message);
  const seconds = String(Math.max(1, Math.ceil(afterMs / 1_000)));
  return { ...answer, headers: { ...answer.headers, 'retry-after': seconds } };
}

export function send(response: ServerResponse, { status, body, headers }: HttpAnswer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'content-length': Buffer.byteLength(text),
    // One request a connection, so that one limit of time holds for all of it.
    connection: 'close',
    ...headers,
  });
  response.end(text);
}
