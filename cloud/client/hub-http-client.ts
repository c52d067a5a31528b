import { HttpClient, type HttpRequest, HttpResponse } from '@microsoft/signalr';
import { askCloud, type Wire } from './ask-cloud.ts';

/**
 * The HTTP calls of the SignalR client over our own fetch. Its own client loads a cookie jar at run time,
 * which no bundler sees, and cannot be aborted while it negotiates.
 */
export class HubHttpClient extends HttpClient {
  readonly #wire: Wire;
  /** Why the last call failed: the SignalR client keeps only the words of it. */
  failure: unknown;

  constructor(wire: Wire) {
    super();
    this.#wire = wire;
  }

  override async send({ url = '', method = 'GET', headers = {} }: HttpRequest): Promise<HttpResponse> {
    try {
      const body = await askCloud(this.#wire, url, { method, headers });
      return new HttpResponse(200, 'OK', JSON.stringify(body));
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}
