import type { Bridge } from './bridge.ts';

/** From the preload to the main process. */
export type FromPreload =
  | { readonly kind: 'send'; readonly channel: string; readonly args: unknown }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: unknown };
/** From the main process to the preload. */
export type ToPreload =
  | { readonly kind: 'send'; readonly channel: string; readonly args: unknown }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

type Preload = (
  require: (name: string) => unknown,
  process: unknown,
  module: { exports: object },
  exports: object,
) => void;

/**
 * What runs in the preload's isolated world: Electron's renderer modules, and with them the preload itself.
 * From its source text, so it may use nothing from outside itself.
 */
export function runPreloadWorld(
  bridge: Bridge,
  names: { binding: string; receiver: string },
  preload: Preload,
  versions: object,
): void {
  type Listener = (event: object, ...args: unknown[]) => void;
  const { codec } = bridge;
  const world = globalThis as unknown as Record<string, (message: unknown) => void>;

  // --- ipcRenderer
  const binding = world[names.binding];
  delete world[names.binding];
  const send = (message: FromPreload) => binding?.(JSON.stringify(message));
  const listeners = new Map<string, Listener[]>();
  const invoked = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  const on = (channel: string, listener: Listener) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  };
  const removeListener = (channel: string, listener: Listener) => {
    const left = listeners.get(channel) ?? [];
    const at = left.lastIndexOf(listener);
    listeners.set(
      channel,
      left.filter((_, index) => index !== at),
    );
    return ipcRenderer;
  };
  const ipcRenderer = {
    on,
    addListener: on,
    removeListener,
    off: removeListener,
    once: (channel: string, listener: Listener) => {
      const onceOnly: Listener = (event, ...args) => {
        removeListener(channel, onceOnly);
        listener(event, ...args);
      };
      return on(channel, onceOnly);
    },
    send: (channel: string, ...args: unknown[]) => send({ kind: 'send', channel, args: codec.encode(args) }),
    invoke: (channel: string, ...args: unknown[]) => {
      const result = Promise.withResolvers<unknown>();
      invoked.set(++lastId, result);
      send({ kind: 'invoke', id: lastId, channel, args: codec.encode(args) });
      return result.promise;
    },
  };
  const settle = (message: Exclude<ToPreload, { kind: 'send' }>) => {
    const result = invoked.get(message.id);
    invoked.delete(message.id);
    if (message.kind === 'result') result?.resolve(codec.decode(message.value));
    else result?.reject(new Error(message.message));
  };
  world[names.receiver] = (received) => {
    const message = received as ToPreload;
    if (message.kind !== 'send') {
      settle(message);
      return;
    }
    const args = codec.decode(message.args) as unknown[];
    for (const listener of listeners.get(message.channel) ?? [])
      listener({ sender: ipcRenderer, ports: [] }, ...args);
  };

  // --- contextBridge. The two worlds may start in either order.
  const exposed: { name: string; api: unknown }[] = [];
  bridge.listen('listening', () => {
    for (const each of exposed) bridge.post('expose', each);
  });
  const contextBridge = {
    exposeInMainWorld: (name: string, api: unknown) => {
      exposed.push({ name, api });
      bridge.post('expose', { name, api });
    },
  };

  const require = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`);
  };
  const process = { type: 'renderer', sandboxed: true, contextIsolated: true, versions, env: {} };
  const module = { exports: {} };
  preload(require, process, module, module.exports);
}
