import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { NAVIGATED } from './navigate.ts';

/** How a list is filtered and sorted: it lives in the address, so that a link shows the same list. */
export const fromAddress = (name: string): string => new URLSearchParams(location.search).get(name) ?? '';

/** One of the values that are known, or the first of them. */
export function oneFromAddress<T extends string>(name: string, values: readonly [T, ...T[]]): T {
  const said = fromAddress(name);
  return values.find((value) => value === said) ?? values[0];
}

/** The address with these changed; an empty value is left out. */
export function searchWith(changed: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changed)) {
    if (value === '') query.delete(name);
    else query.set(name, value);
  }
  return query.size === 0 ? '' : `?${query}`;
}

/** Changes them without a step in the browser's history. */
export function keepInAddress(changed: Readonly<Record<string, string>>): void {
  history.replaceState(history.state, '', location.pathname + searchWith(changed));
}

/** Draws its host again when the address has changed. */
export class AddressController implements ReactiveController {
  readonly #draw: () => void;

  constructor(host: ReactiveControllerHost) {
    this.#draw = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('popstate', this.#draw);
    addEventListener(NAVIGATED, this.#draw);
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.#draw);
    removeEventListener(NAVIGATED, this.#draw);
  }
}
