import type { Codec, Revive } from './codec.ts';

export type Bridge = {
  readonly codec: Codec;
  /** Hands a value over to the other world, where `listen` gets it: functions and promises as proxies. */
  post(type: string, value: unknown): void;
  listen(type: string, listener: (value: unknown) => void): void;
};

/**
 * Ties the page's own world to the preload's. Both see the one document, so they talk in its events, which are
 * synchronous: a call over the bridge returns a value, as in Electron. `key` is known to these two alone.
 * It runs in both worlds, from its source text, so it may use nothing from outside itself.
 */
export function createBridge(codec: Codec, key: string, here: string, there: string): Bridge {
  type Call = { readonly id: string; readonly args: unknown };
  type Result = { readonly value: unknown } | { readonly error: unknown };
  type Settled = Result & { readonly id: string };

  const { dispatchEvent, addEventListener } = document;
  const send = (type: string, wire: unknown) =>
    dispatchEvent.call(document, new CustomEvent(`${key}${there}${type}`, { detail: JSON.stringify(wire) }));
  const receive = (type: string, receiver: (wire: unknown) => void) =>
    addEventListener.call(document, `${key}${here}${type}`, (event) =>
      receiver(JSON.parse((event as CustomEvent<string>).detail)),
    );

  const kept = new Map<string, unknown>();
  const idOf = new Map<unknown, string>();
  const waiting = new Map<string, PromiseWithResolvers<unknown>>();
  let returned: Result | undefined;

  const keep = (live: unknown): string => {
    const id = idOf.get(live) ?? `${here}${kept.size}`;
    idOf.set(live, id);
    kept.set(id, live);
    return id;
  };
  const encode = (value: unknown) => codec.encode(value, keep);
  const decode = (wire: unknown) => codec.decode(wire, revive);
  const outcome = (work: () => unknown): Result => {
    try {
      return { value: encode(work()) };
    } catch (error) {
      return { error: encode(error) };
    }
  };
  const revive: Revive = {
    function:
      (id) =>
      (...args: unknown[]) => {
        send('call', { id, args: encode(args) });
        const result = returned;
        returned = undefined;
        if (result === undefined) throw new Error('The other side of the bridge is gone');
        if ('error' in result) throw decode(result.error);
        return decode(result.value);
      },
    promise: (id) => {
      const settling = waiting.get(id) ?? Promise.withResolvers<unknown>();
      waiting.set(id, settling);
      send('await', id);
      return settling.promise;
    },
  };

  receive('call', (wire) => {
    const { id, args } = wire as Call;
    const called = kept.get(id) as (...args: unknown[]) => unknown;
    send(
      'return',
      outcome(() => called(...(decode(args) as unknown[]))),
    );
  });
  receive('return', (wire) => {
    returned = wire as Result;
  });
  receive('await', (wire) => {
    const id = wire as string;
    Promise.resolve(kept.get(id)).then(
      (value) => send('settled', { id, ...outcome(() => value) }),
      (error) => send('settled', { id, error: encode(error) }),
    );
  });
  receive('settled', (wire) => {
    const settled = wire as Settled;
    const settling = waiting.get(settled.id);
    if ('error' in settled) settling?.reject(decode(settled.error));
    else settling?.resolve(decode(settled.value));
    waiting.delete(settled.id);
  });

  return {
    codec,
    post: (type, value) => send(`post-${type}`, encode(value)),
    listen: (type, listener) => receive(`post-${type}`, (wire) => listener(decode(wire))),
  };
}
