import type { ITransport, TransferFormat } from '@microsoft/signalr';
import { whenAborted } from './child-controller.ts';

/**
 * SignalR over the platform's own WebSocket, the same in a browser, in Node and in Electron. The SignalR client's
 * own transport loads `ws` at run time in Node, and leaves the socket behind where a proxy never answers the upgrade.
 */
export class WebSocketTransport implements ITransport {
  onreceive: ((data: string | ArrayBuffer) => void) | null = null;
  onclose: ((error?: Error) => void) | null = null;
  readonly #accessToken: string;
  readonly #signal: AbortSignal;
  #socket: WebSocket | undefined;

  constructor(accessToken: string, signal: AbortSignal) {
    this.#accessToken = accessToken;
    this.#signal = signal;
  }

  connect(url: string, _format: TransferFormat): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#signal.throwIfAborted();
      const socket = new WebSocket(withToken(url, this.#accessToken));
      whenAborted(this.#signal, () => {
        if (socket.readyState === WebSocket.CONNECTING) socket.close();
      });
      socket.onopen = () => {
        this.#socket = socket;
        resolve();
      };
      socket.onmessage = ({ data }) => this.#receive(data);
      socket.onclose = ({ code }) => {
        if (this.#socket === socket) this.#end(new Error(`WebSocket closed with code ${code}`));
        else reject(new Error('WebSocket refused'));
      };
    });
  }

  async send(data: string | ArrayBuffer): Promise<void> {
    if (this.#socket?.readyState !== WebSocket.OPEN) throw new Error('WebSocket is not open');
    this.#socket.send(data);
  }

  /** Does not wait for the other side, which may be gone. */
  async stop(): Promise<void> {
    this.#end();
  }

  #receive(data: string): void {
    try {
      this.onreceive?.(data);
    } catch (error) {
      this.#end(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #end(error?: Error): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#socket = undefined;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
    try {
      this.onclose?.(error);
    } catch {
      // The SignalR client throws where a socket ends before it noticed that it is open; the time limit of connecting follows.
    }
  }
}

/** In the query, where a browser has to put it; the service reads it there too. */
function withToken(url: string, accessToken: string): string {
  const withQuery = new URL(url.replace(/^http/, 'ws'));
  withQuery.searchParams.set('access_token', accessToken);
  return withQuery.href;
}
