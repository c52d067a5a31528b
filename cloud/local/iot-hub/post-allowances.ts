import { Allowance, type Rate } from './allowance.ts';

/** How often each device may post by HTTPS. Only devices that the registry knows come here, so there is an end to them. */
export class PostAllowances {
  readonly #rate: Rate;
  readonly #allowances = new Map<string, Allowance>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Takes nothing from a device that must wait. Gives how long. */
  readonly waitMs = (deviceId: string, messages: number): number => {
    const nowMs = performance.now();
    const allowance = this.#allowances.get(deviceId) ?? new Allowance(this.#rate, nowMs);
    this.#allowances.set(deviceId, allowance);
    const debtMs = allowance.take(0, nowMs);
    if (debtMs === 0) allowance.take(messages, nowMs);
    return debtMs;
  };

  forget(deviceId: string): void {
    this.#allowances.delete(deviceId);
  }
}
