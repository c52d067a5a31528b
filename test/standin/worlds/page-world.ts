import type { Bridge } from './bridge.ts';

/**
 * What runs in the page's own world before any script of the page: it takes what the preload exposes.
 * From its source text, so it may use nothing from outside itself.
 */
export function runPageWorld(bridge: Bridge): void {
  const frozen = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    for (const inner of Object.values(value)) frozen(inner);
    return Object.freeze(value);
  };
  bridge.listen('expose', (exposed) => {
    const { name, api } = exposed as { name: string; api: unknown };
    Object.defineProperty(globalThis, name, { value: frozen(api), enumerable: true });
  });
  bridge.post('listening', null);
}
