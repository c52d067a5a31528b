import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/** A request that came over no network, and the answer to it. */
export type HeldRequest = { readonly request: IncomingMessage; readonly response: HeldResponse };

/** Keeps what is said. */
export class HeldResponse extends ServerResponse {
  readonly #parts: Buffer[] = [];

  override write(chunk: string | Uint8Array): boolean {
    this.#parts.push(Buffer.from(chunk));
    return true;
  }

  override end(chunk?: unknown): this {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) this.#parts.push(Buffer.from(chunk));
    this.emit('finish');
    return this;
  }

  get said(): string {
    return Buffer.concat(this.#parts).toString();
  }
}

/** As Node would hand it over. */
export function heldRequest({
  method = 'GET',
  url = '/',
  headers = {},
  body = Buffer.alloc(0),
}: {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: NodeJS.Dict<string>;
  readonly body?: Buffer;
}): HeldRequest {
  const request = new IncomingMessage(NOWHERE);
  Object.assign(request, { method, url });
  Object.assign(request.headers, headers);
  request.push(body);
  request.push(null);
  return { request, response: new HeldResponse(request) };
}

const NOWHERE = new Socket();
