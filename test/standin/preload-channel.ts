import { type CdpSession, ignoreGone } from './cdp/cdp-connection.ts';
import { createCodec } from './worlds/codec.ts';
import type { FromPreload, ToPreload } from './worlds/preload-world.ts';
import { NAMES, PRELOAD_WORLD, pageScript, preloadScript } from './worlds/world-scripts.ts';

/** What the preload of a window says to the main process. */
export type PreloadListeners = {
  readonly onSend: (channel: string, args: unknown[]) => void;
  readonly onInvoke: (channel: string, args: unknown[]) => Promise<unknown>;
};

const codec = createCodec();

/** Between the main process and the preload of one window, in whichever document the window has. */
export class PreloadChannel {
  readonly #page: CdpSession;
  #contextId: number | undefined;

  private constructor(page: CdpSession, mainFrameId: string, listeners: PreloadListeners) {
    this.#page = page;
    page.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === PRELOAD_WORLD && context.auxData?.frameId === mainFrameId)
        this.#contextId = context.id;
    });
    page.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === NAMES.binding && executionContextId === this.#contextId) {
        void this.#receive(JSON.parse(payload), executionContextId, listeners);
      }
    });
  }

  /** Every document that the window loads from now on gets the preload. */
  static async open(
    page: CdpSession,
    mainFrameId: string,
    preload: string,
    listeners: PreloadListeners,
  ): Promise<PreloadChannel> {
    const channel = new PreloadChannel(page, mainFrameId, listeners);
    await page.send('Runtime.addBinding', { name: NAMES.binding, executionContextName: PRELOAD_WORLD });
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript() });
    await page.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadScript(preload),
      worldName: PRELOAD_WORLD,
    });
    return channel;
  }

  send(channel: string, args: readonly unknown[]): void {
    this.#deliver({ kind: 'send', channel, args: codec.encode(args) }, this.#contextId);
  }

  async #receive(message: FromPreload, contextId: number, listeners: PreloadListeners): Promise<void> {
    const { channel } = message;
    const args = codec.decode(message.args) as unknown[];
    if (message.kind === 'send') {
      listeners.onSend(channel, args);
      return;
    }
    const { id } = message;
    try {
      const value = codec.encode(await listeners.onInvoke(channel, args));
      this.#deliver({ kind: 'result', id, value }, contextId);
    } catch (error) {
      const text = `Error invoking remote method '${channel}': ${error}`;
      this.#deliver({ kind: 'failed', id, message: text }, contextId);
    }
  }

  #deliver(message: ToPreload, contextId: number | undefined): void {
    if (contextId === undefined) return;
    const expression = `globalThis[${JSON.stringify(NAMES.receiver)}](${JSON.stringify(message)})`;
    ignoreGone(this.#page.send('Runtime.evaluate', { expression, contextId }));
  }
}
