import type { Duplex } from 'node:stream';
import { type RawData, WebSocket } from 'ws';
import type { Outgoing } from '../outgoing.ts';
import type { Transport, TransportListener } from './transport.ts';

/** RFC 6455 7.4.1 */
const NORMAL_CLOSURE = 1000;
/** The same: never sent, and told of a connection that ended without a closing frame. */
const ABNORMAL_CLOSURE = 1006;

const LISTENER = Symbol('listener');
/** The WebSocket knows who listens, so that thousands of them can share one function for each event. */
type Told = WebSocket & { [LISTENER]?: TransportListener };

/** One client's WebSocket, past its upgrade. */
export class WebSocketTransport implements Transport {
  readonly #webSocket: WebSocket;
  readonly #stream: Duplex;
  #answersProbe = false;

  /** `stream` is the socket below `webSocket`, and nothing on the way between them is compressed. */
  constructor(webSocket: WebSocket, stream: Duplex) {
    this.#webSocket = webSocket;
    this.#stream = stream;
  }

  get needsPings(): boolean {
    return true;
  }

  get isAwaited(): boolean {
    return false;
  }

  get waitingBytes(): number {
    return this.#stream.writableLength;
  }

  start(listener: TransportListener): void {
    const told: Told = this.#webSocket;
    told[LISTENER] = listener;
    told.on('message', onMessage).on('error', onError).on('close', onClose);
  }

  // Past `webSocket.send`, which would frame every message anew for each connection. The order holds: all our text
  // goes this way, and what `ws` writes itself (pong, close) it writes at once as long as there is no compression.
  send(outgoing: Outgoing): void {
    if (this.#webSocket.readyState === WebSocket.OPEN) this.#stream.write(outgoing.webSocketFrame);
  }

  dropWaiting(): boolean {
    return false;
  }

  get answersProbe(): boolean {
    return this.#answersProbe;
  }

  // RFC 6455 5.5.3: browsers answer it by themselves, also for a page that stands still.
  probe(): void {
    this.#answersProbe = false;
    if (this.#webSocket.readyState !== WebSocket.OPEN) return;
    this.#webSocket.once('pong', () => {
      this.#answersProbe = true;
    });
    this.#webSocket.ping();
  }

  end(): void {
    this.#webSocket.close(NORMAL_CLOSURE);
  }

  cut(): void {
    this.#webSocket.terminate();
  }

  beat(): void {}
}

const listenerOf = (told: Told): TransportListener | undefined => told[LISTENER];

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  listenerOf(this)?.heard(isBinary ? undefined : data.toString());
}

/** What the client sent was no frame, or too much. */
function onError(this: WebSocket, error: Error): void {
  listenerOf(this)?.ending(error.message);
}

function onClose(this: WebSocket, code: number): void {
  if (code !== ABNORMAL_CLOSURE) listenerOf(this)?.ending(undefined);
  listenerOf(this)?.gone();
}
