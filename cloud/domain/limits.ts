import type { OccupancyState } from '../contracts/snapshot.ts';

export type Limits = { readonly soft: number; readonly hard: number };

/** What a person is shown of a raw sum: drift may take the sum below 0, but no room holds fewer than nobody. */
export const shownCount = (rawCount: number): number => Math.max(0, rawCount);

export const mayEnter = (count: number, limits: Limits): number => Math.max(0, limits.hard - count);

export function stateByLimits(count: number, limits: Limits): Exclude<OccupancyState, 'unknown'> {
  if (count > limits.hard) return 'over';
  if (count === limits.hard) return 'full';
  return count >= limits.soft ? 'nearly' : 'open';
}
