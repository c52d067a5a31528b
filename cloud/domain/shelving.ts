import type { AlertEvent } from '../contracts/alert.ts';
import type { AlertState } from './store-state.ts';

export type Shelving = Pick<AlertState, 'type' | 'source'> & {
  readonly by: string;
  /** Null: taken back. */
  readonly untilMs: number | null;
  readonly why: string;
};

type AlertsAfter = {
  readonly alerts: readonly AlertState[];
  readonly happenings: readonly Readonly<AlertEvent>[];
};

/**
 * After somebody put an alert aside for a time: it lives on and is kept on record, it is on no glass and asks nobody, and
 * it is back by itself. Undefined: there is none.
 */
export function shelved(
  alerts: readonly AlertState[],
  { type, source, by, untilMs, why }: Shelving,
  nowMs: number,
): AlertsAfter | undefined {
  const meant = alerts.find((alert) => alert.type === type && alert.source === source);
  if (meant === undefined || meant.phase === 'pending') return undefined;
  if (untilMs === null && meant.shelved === undefined) return { alerts, happenings: [] };
  const after = untilMs === null ? offShelf(meant) : { ...meant, shelved: { by, untilMs, why } };
  const event = untilMs === null ? 'unshelved' : 'shelved';
  return {
    alerts: alerts.flatMap((alert) => (alert === meant ? (after ?? []) : alert)),
    happenings: [{ type, source, event, atMs: nowMs, by }],
  };
}

/** The alerts whose time on the shelf is over are back. */
export function backFromShelf(alerts: readonly AlertState[], nowMs: number): AlertsAfter {
  const isOver = ({ shelved: aside }: AlertState) => aside !== undefined && aside.untilMs <= nowMs;
  if (!alerts.some(isOver)) return { alerts, happenings: [] };
  return {
    alerts: alerts.flatMap((alert) => (isOver(alert) ? (offShelf(alert) ?? []) : alert)),
    happenings: alerts
      .filter(isOver)
      .map(({ type, source }) => ({ type, source, event: 'unshelved', atMs: nowMs, by: null })),
  };
}

/** One that is over has nobody left to ask: who put it aside saw it. */
function offShelf({ shelved: _, ...alert }: AlertState): AlertState | null {
  return alert.phase === 'cleared' ? null : alert;
}
