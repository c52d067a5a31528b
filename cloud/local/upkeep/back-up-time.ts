import { HostError } from '../host-error.ts';

/** Of the day, by this machine's clock. */
export type TimeOfDay = { readonly hour: number; readonly minute: number };

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** `04:10` or `off`. Throws a HostError ERR_OPTIONS. */
export function parseBackUpTime(text: string): TimeOfDay | undefined {
  if (text === 'off') return undefined;
  const [, hour, minute] = TIME.exec(text) ?? [];
  if (hour === undefined || minute === undefined) {
    throw new HostError('ERR_OPTIONS', `--back-up-at: expected a time such as 04:10, or off, got "${text}"`);
  }
  return { hour: Number(hour), minute: Number(minute) };
}

/** When it was last that time, Unix ms. */
export function lastTime({ hour, minute }: TimeOfDay, nowMs: number): number {
  const at = new Date(nowMs);
  at.setHours(hour, minute, 0, 0);
  if (at.getTime() > nowMs) at.setDate(at.getDate() - 1);
  return at.getTime();
}
