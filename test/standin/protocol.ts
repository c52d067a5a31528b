import type { Protocol as ElectronProtocol } from 'electron';

type Offered = 'handle' | 'unhandle' | 'isProtocolHandled' | 'registerSchemesAsPrivileged';
type Handler = Parameters<ElectronProtocol['handle']>[1];

/** The address of a document or a request as the app knows it. */
type AppUrl = string;
/** The same as Chromium knows it. */
type ChromiumUrl = string;

/**
 * The app's own schemes. Chromium does not know them, so `app://sign/x` is to it `http://sign.app.localhost/x`:
 * an origin of its own and a secure context, answered before it reaches any network.
 */
export class Protocol implements Pick<ElectronProtocol, Offered> {
  readonly #handlers = new Map<string, Handler>();

  /** Without effect: every scheme that is handled is standard and secure. */
  registerSchemesAsPrivileged(): void {}

  handle(scheme: string, handler: Handler): void {
    if (this.#handlers.has(scheme)) throw new Error(`The scheme has been registered: ${scheme}`);
    this.#handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`The scheme has not been registered: ${scheme}`);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  toChromium(url: AppUrl): ChromiumUrl {
    const [, scheme = '', host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
    return this.#handlers.has(scheme) ? `http://${host}.${scheme}.localhost${rest}` : url;
  }

  fromChromium(url: ChromiumUrl): AppUrl {
    const [, host, scheme = '', rest] =
      /^http:\/\/([^/?#:]+)\.([a-z][a-z0-9+-]*)\.localhost(.*)$/is.exec(url) ?? [];
    return this.#handlers.has(scheme) ? `${scheme}://${host}${rest}` : url;
  }

  /** The app's answer; undefined if it does not answer for this scheme. Rejects if its handler does. */
  async answer(request: Request): Promise<Response | undefined> {
    return this.#handlers.get(new URL(request.url).protocol.slice(0, -1))?.(request);
  }
}
