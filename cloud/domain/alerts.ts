import {
  type AlertEvent,
  type AlertSeverity,
  type AlertType,
  alertTypeSchema,
  type SnapshotAlert,
} from '../contracts/alert.ts';
import type { AlertCondition } from './alert-conditions.ts';
import { backFromShelf } from './shelving.ts';
import { type AlertState, MINUTE_MS } from './store-state.ts';

/** One line of the record of a store's alerts. */
export type AlertHappening = Readonly<AlertEvent>;
/** The alerts after something, and what happened to them. */
export type AlertsAfter = {
  readonly alerts: readonly AlertState[];
  readonly happenings: readonly AlertHappening[];
};

type AlertRule = {
  /** How long it must be true before it is raised. */
  readonly onDelayMs: number;
  /** How long it must have been over before it is cleared. */
  readonly offDelayMs: number;
  /** How long an answer holds while it stays true; null: for good. */
  readonly askAgainAfterMs: number | null;
};

/**
 * Silence, a wrong clock and what is refused have waited, or been counted, before they are a condition at all.
 * A window of refusals begins again at 0: while it fills, a stream that goes on must not be taken for one that ended.
 */
export const ALERT_RULES: Readonly<Record<AlertType, AlertRule>> = {
  'over-capacity': { onDelayMs: 0, offDelayMs: 10_000, askAgainAfterMs: 5 * MINUTE_MS },
  full: { onDelayMs: 0, offDelayMs: MINUTE_MS, askAgainAfterMs: 30 * MINUTE_MS },
  'near-capacity': { onDelayMs: 10_000, offDelayMs: MINUTE_MS, askAgainAfterMs: null },
  'sensor-silent': { onDelayMs: 0, offDelayMs: 5_000, askAgainAfterMs: 30 * MINUTE_MS },
  'sign-offline': { onDelayMs: 0, offDelayMs: 5_000, askAgainAfterMs: 60 * MINUTE_MS },
  'implausible-rate': { onDelayMs: 0, offDelayMs: 0, askAgainAfterMs: null },
  'sensor-clock': { onDelayMs: 0, offDelayMs: MINUTE_MS, askAgainAfterMs: null },
  'rejected-rising': { onDelayMs: 0, offDelayMs: 5 * MINUTE_MS, askAgainAfterMs: 60 * MINUTE_MS },
  'door-imbalance': { onDelayMs: 0, offDelayMs: 0, askAgainAfterMs: null },
};

/** What is over and was never answered is let go after a day: the record has it. */
const UNANSWERED_FOR_MS = 24 * 60 * MINUTE_MS;
const DAYS_ON_SHELF_MS = 7 * 24 * 60 * MINUTE_MS;

/** Of one source only one of these is true at a time; the worst last. */
const CAPACITY: readonly AlertType[] = ['near-capacity', 'full', 'over-capacity'];
const SEVERITIES: readonly AlertSeverity[] = ['alarm', 'warn', 'note'];

type Key = Pick<AlertState, 'type' | 'source'>;
/** An alert after a step, null where it leaves, and what is said of it. */
type Step = { readonly alert: AlertState | null; readonly said: AlertHappening['event'] | null };

/**
 * The alerts after a look at what is true, one a type and source: refreshed, never repeated.
 * Active or cleared, answered or not, with delays (OPC UA Part 9): what is true again while it clears was never away. What is
 * true again after it was cleared had its delay before, and is raised at once.
 */
export function alertsAfter(
  before: readonly AlertState[],
  conditions: readonly AlertCondition[],
  nowMs: number,
): AlertsAfter {
  if (before.length === 0 && conditions.length === 0) return { alerts: before, happenings: [] };
  const trueNow = new Map(conditions.map((condition) => [keyOf(condition), condition]));
  const { alerts: kept, happenings: unshelved } = backFromShelf(before, nowMs);
  const known = new Set(kept.map(keyOf));
  const begun = [...trueNow.values()]
    .filter((condition) => !known.has(keyOf(condition)))
    .map((condition) => begunBy(condition, nowMs));
  const steps = [...kept, ...begun].map((alert) => {
    const past = notBeyond(alert, nowMs);
    const condition = trueNow.get(keyOf(alert));
    const isOutranked = worseThan(alert).some((type) => trueNow.has(keyOf({ type, source: alert.source })));
    const step =
      condition === undefined
        ? whileOver(past, isOutranked, nowMs)
        : whileTrue(refreshed(past, condition), nowMs);
    return { ...step, type: alert.type, source: alert.source };
  });
  const alerts = inOrder(steps.flatMap(({ alert }) => alert ?? []));
  const stepped = steps
    .flatMap(({ type, source, said: event }) =>
      event === null ? [] : { type, source, event, atMs: nowMs, by: null },
    )
    .sort(byKey);
  return { alerts: isSame(alerts, before) ? before : alerts, happenings: [...unshelved, ...stepped] };
}

/** After somebody said that they saw it; undefined: there is none to answer. Whoever was first is kept. */
export function acknowledged(
  alerts: readonly AlertState[],
  { type, source, by }: Key & { readonly by: string },
  nowMs: number,
): AlertsAfter | undefined {
  const answered = alerts.find((alert) => alert.type === type && alert.source === source);
  if (answered === undefined || answered.phase === 'pending') return undefined;
  if (answered.acknowledged !== null) return { alerts, happenings: [] };
  const others = alerts.filter((alert) => alert !== answered);
  const stays = answered.phase !== 'cleared' || answered.shelved !== undefined;
  return {
    alerts: stays ? inOrder([...others, { ...answered, acknowledged: { by, atMs: nowMs } }]) : others,
    happenings: [{ type, source, event: 'acknowledged', atMs: nowMs, by }],
  };
}

/** When time alone changes one of them, if what is true stays; null: it does not. */
export function alertsDueAtMs(alerts: readonly AlertState[]): number | null {
  if (alerts.length === 0) return null;
  const dueAtMs = alerts
    .flatMap((alert) => [stepDueAtMs(alert), alert.shelved?.untilMs ?? null])
    .filter((atMs) => atMs !== null);
  return dueAtMs.length === 0 ? null : Math.min(...dueAtMs);
}

/** What a sign shows of them, the worst first, and how many it does not. */
export function shownAlerts(
  alerts: readonly AlertState[],
  maximum: number,
): { readonly alerts: readonly SnapshotAlert[]; readonly more: number } {
  const shown = inOrder(alerts).flatMap((alert) => shownOf(alert, alerts) ?? []);
  return { alerts: shown.slice(0, maximum), more: Math.max(0, shown.length - maximum) };
}

function whileTrue(alert: AlertState, nowMs: number): Step {
  switch (alert.phase) {
    case 'pending':
      return isDue(alert, nowMs) ? raised(alert, 'raised', nowMs) : { alert, said: null };
    case 'cleared':
      return raised(alert, 're-raised', nowMs);
    case 'clearing':
      return whileTrue({ ...alert, phase: 'active', phaseSinceMs: nowMs }, nowMs);
    case 'active':
      return isDue(alert, nowMs) ? { alert: asking(alert, nowMs), said: 're-raised' } : { alert, said: null };
  }
}

/** `isOutranked`: worse is true of the same source, and asks in its place. */
function whileOver(alert: AlertState, isOutranked: boolean, nowMs: number): Step {
  switch (alert.phase) {
    case 'pending':
      return { alert: null, said: null };
    case 'active':
      return whileOver({ ...alert, phase: 'clearing', phaseSinceMs: nowMs }, isOutranked, nowMs);
    case 'clearing': {
      if (!isDue(alert, nowMs)) return { alert, said: null };
      // One on the shelf stays there: what comes and goes is what people put aside.
      const stays = alert.shelved !== undefined || (alert.acknowledged === null && !isOutranked);
      return { alert: stays ? { ...alert, phase: 'cleared', phaseSinceMs: nowMs } : null, said: 'cleared' };
    }
    case 'cleared':
      if (alert.shelved !== undefined) return { alert, said: null };
      return { alert: isOutranked || isDue(alert, nowMs) ? null : alert, said: null };
  }
}

const isDue = (alert: AlertState, nowMs: number): boolean => nowMs >= (stepDueAtMs(alert) ?? Infinity);

/** When it goes to its next phase, or asks again, if what it says stays as true as it is. On the shelf it does not ask. */
function stepDueAtMs({
  type,
  phase,
  phaseSinceMs,
  acknowledged,
  shelved,
  waitsMs = 0,
  lastsMs = 0,
}: AlertState): number | null {
  const { onDelayMs, offDelayMs, askAgainAfterMs } = ALERT_RULES[type];
  switch (phase) {
    case 'pending':
      return phaseSinceMs + Math.max(onDelayMs, waitsMs);
    case 'active':
      if (shelved !== undefined) return null;
      return acknowledged === null || askAgainAfterMs === null ? null : acknowledged.atMs + askAgainAfterMs;
    case 'clearing':
      return phaseSinceMs + Math.max(offDelayMs, lastsMs);
    case 'cleared':
      return shelved === undefined ? phaseSinceMs + UNANSWERED_FOR_MS : null;
  }
}

const begunBy = (condition: AlertCondition, nowMs: number): AlertState => ({
  ...condition,
  phase: 'pending',
  phaseSinceMs: nowMs,
  sinceMs: nowMs,
  askedAtMs: nowMs,
  times: 0,
  acknowledged: null,
});

const raised = (alert: AlertState, said: 'raised' | 're-raised', nowMs: number): Step => ({
  alert: { ...asking(alert, nowMs), phase: 'active', phaseSinceMs: nowMs, sinceMs: nowMs },
  said,
});

const asking = (alert: AlertState, nowMs: number): AlertState => ({
  ...alert,
  askedAtMs: nowMs,
  times: alert.times + 1,
  acknowledged: null,
});

function refreshed(alert: AlertState, condition: AlertCondition): AlertState {
  const { severity, place } = condition;
  const { waitsMs, ...rest } = alert;
  // A count that is complete again need not wait. Silence that began as that of a new sensor stays one.
  if (waitsMs !== undefined && condition.waitsMs === undefined && CAPACITY.includes(alert.type))
    return refreshed(rest, condition);
  const isSamePlace = place.door === alert.place.door && place.zone === alert.place.zone;
  return isSamePlace && severity === alert.severity ? alert : { ...alert, severity, place };
}

/** A clock that ran ahead and was set right must not make anything wait for the time that it told. */
function notBeyond(alert: AlertState, nowMs: number): AlertState {
  const { phaseSinceMs, sinceMs, askedAtMs, acknowledged, shelved } = alert;
  const backAtMs = nowMs + DAYS_ON_SHELF_MS;
  const isOnShelfTooLong = shelved !== undefined && shelved.untilMs > backAtMs;
  const latestMs = Math.max(phaseSinceMs, sinceMs, askedAtMs, acknowledged?.atMs ?? nowMs);
  if (latestMs <= nowMs && !isOnShelfTooLong) return alert;
  return {
    ...alert,
    phaseSinceMs: Math.min(phaseSinceMs, nowMs),
    sinceMs: Math.min(sinceMs, nowMs),
    askedAtMs: Math.min(askedAtMs, nowMs),
    acknowledged: acknowledged && { ...acknowledged, atMs: Math.min(acknowledged.atMs, nowMs) },
    ...(shelved && { shelved: { ...shelved, untilMs: Math.min(shelved.untilMs, backAtMs) } }),
  };
}

/** While one capacity alert clears, the one that is true of the same source now is the one that is active on the glass. */
function shownOf(alert: AlertState, alerts: readonly AlertState[]): SnapshotAlert | null {
  const { type, source, severity, place, phase, sinceMs, acknowledged, shelved } = alert;
  const isTrueInstead = (other: AlertType) =>
    alerts.some((one) => one.type === other && one.source === source && one.phase === 'active');
  const isOvertaken = CAPACITY.includes(type) && CAPACITY.some(isTrueInstead);
  const active = phase === 'active' || (phase === 'clearing' && !isOvertaken);
  const isOpenQuestion = acknowledged === null && !worseThan(alert).some(isTrueInstead);
  if (phase === 'pending' || shelved !== undefined || !(active || isOpenQuestion)) return null;
  return { type, severity, ...place, active, sinceMs, acknowledgedBy: acknowledged?.by ?? null };
}

const worseThan = ({ type }: Key): readonly AlertType[] =>
  CAPACITY.includes(type) ? CAPACITY.slice(CAPACITY.indexOf(type) + 1) : [];

const keyOf = ({ type, source }: Key): string => `${type} ${source}`;

const inOrder = (alerts: readonly AlertState[]): readonly AlertState[] =>
  alerts.toSorted(
    (one, other) =>
      SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
      Number(one.acknowledged !== null) - Number(other.acknowledged !== null) ||
      byKey(one, other),
  );

function byKey(one: Key, other: Key): number {
  const types = alertTypeSchema.options;
  if (one.type !== other.type) return types.indexOf(one.type) - types.indexOf(other.type);
  if (one.source === other.source) return 0;
  return one.source < other.source ? -1 : 1;
}

const isSame = (one: readonly AlertState[], other: readonly AlertState[]): boolean =>
  one.length === other.length && one.every((alert, index) => alert === other[index]);
