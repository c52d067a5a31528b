import type { AlertSeverity, AlertType } from '../contracts/alert.ts';
import type { DailyReset } from '../contracts/daily-reset.ts';
import type { Opening, OpeningHours } from '../contracts/opening-hours.ts';
import type { SnapshotContent } from '../contracts/snapshot.ts';

/** A sensor as its store watches it. */
export type WatchedSensor = {
  readonly id: string;
  readonly heardUntilMs: number | null;
  readonly skewMs: number;
  readonly implausibleAtMs: number | null;
  readonly rejected: { readonly sinceMs: number; readonly times: number } | null;
};

/** A door as the count needs it. Its silence is decided, and kept, so that the same revision says the same. */
export type DoorState = {
  readonly id: string;
  readonly name: string;
  /** The zone that IN leads to. */
  readonly into: string;
  /** The zone that IN leads from; null: the street. */
  readonly from: string | null;
  readonly silent: boolean;
  /** A sensor with several lines at the door is in here once. */
  readonly sensors: readonly WatchedSensor[];
};

export type ZoneLimits = { readonly soft: number; readonly hard: number };

export type ZoneState = {
  readonly id: string;
  readonly name: string;
  readonly limits: ZoneLimits | null;
  /** Those that look at the whole zone. Where there are any, they alone say how many are in it. */
  readonly sensors: readonly WatchedSensor[];
  /** Measured zones only: one of its sensors is silent. Decided and kept, as of doors. */
  readonly silent: boolean;
  /** All that went in less all that went out, and all corrections; drift may take it below 0. */
  readonly rawCount: number;
  /** When it was last set: what speaks of a time before it changes the history and not the count. Unix ms. */
  readonly baselineAtMs: number | null;
};

export type Limits = {
  readonly soft: number;
  readonly hard: number;
  readonly softDown: number;
  readonly hardDown: number;
  readonly upAfterMs: number;
  readonly downAfterMs: number;
  readonly staff: number;
  readonly margin: number;
};

export type Level = 'open' | 'nearly' | 'full' | 'over';
/** `next`: where the count already is, and since when, while the state still waits to follow. */
export type LevelState = {
  readonly level: Level;
  readonly next: { readonly level: Level; readonly sinceMs: number } | null;
};

/**
 * An alert of a store that is pending, active, or cleared but not yet acknowledged. One a type and source.
 * `source`: `store`, or the id of a zone, a door or a sensor. `place`: what a sign may name.
 */
export type AlertState = {
  readonly type: AlertType;
  readonly source: string;
  readonly severity: AlertSeverity;
  readonly place: { readonly door?: string; readonly zone?: string };
  /** `pending`: true, but not for long enough. `clearing`: no longer true, but not for long enough. */
  readonly phase: 'pending' | 'active' | 'clearing' | 'cleared';
  /** Since when it is in this phase. */
  readonly phaseSinceMs: number;
  /** When it was raised; while pending, when it began. */
  readonly sinceMs: number;
  /** When it last asked for an answer: raised, raised again, or asked again. */
  readonly askedAtMs: number;
  readonly times: number;
  readonly acknowledged: { readonly by: string; readonly atMs: number } | null;
  /** Until then it is on no glass and asks nobody. */
  readonly shelved?: { readonly by: string; readonly untilMs: number; readonly why: string };
  /** How long it must be true before it is raised, where that is longer than for others of its type. */
  readonly waitsMs?: number;
  /** How long it must be over before it is cleared, likewise. */
  readonly lastsMs?: number;
};

/** A store's local day; `endsAtMs` is where the next one starts. */
export type StoreDay = { readonly day: string; readonly startsAtMs: number; readonly endsAtMs: number };

/** When the signs of a store were last told of it, and whether something waits to be told. Unix ms. */
export type PushState = {
  readonly sentAtMs: number | null;
  readonly proofSentAtMs: number | null;
  readonly due: boolean;
};

/** How many are usually inside in the course of one day of a store, `day`; null: too few days like it are known. */
export type UsualDay = {
  readonly day: string;
  readonly lookedAtMs: number;
  readonly curve: SnapshotContent['today']['curve'];
};

/** Everything that a store's snapshot is made of, but for its flows through the day. */
export type StoreState = {
  readonly storeId: string;
  readonly name: string;
  readonly timeZone: string;
  readonly limits: Limits;
  readonly liveForMs: number;
  /** Its own, or that of the first of its groups that has one; null: never. */
  readonly dailyReset: DailyReset | null;
  readonly nextResetAtMs: number | null;
  /** Null: its owner told none. */
  readonly hours: OpeningHours | null;
  /** Null without hours. Looked at anew when its day or its own time is over, so that the same revision says the same. */
  readonly opening: (Opening & { readonly lookedAtMs: number }) | null;
  /** How long a sign must be dark while the store is open; null: nobody asks. */
  readonly signDarkAlarmMs: number | null;
  /** A sign that the store answers for is dark, and was for so long. Decided by the flush, and kept. */
  readonly hasDarkSign: boolean;
  readonly revision: number;
  readonly today: StoreDay;
  readonly push: PushState;
  /** In the owner's order; at least one. The store's count is their sum. */
  readonly zones: readonly ZoneState[];
  readonly doors: readonly DoorState[];
  readonly levelState: LevelState;
  readonly alerts: readonly AlertState[];
  /** Doors whose last night did not balance. */
  readonly imbalancedDoors: readonly string[];
  /** The day on which the balance of the one before was looked at, `2026-11-21`; null: never yet. */
  readonly judgedDay: string | null;
  /** Null: never looked at. Kept by `saveUsualDays`, and not with what counting changes. */
  readonly usual: UsualDay | null;
  /** Until then it looks the same unless something is heard, Unix ms; in the past where something is due. */
  readonly reviewAtMs: number;
};

/** The zone of a store that has none: the whole of it. */
export const WHOLE_STORE = 'store';

export const rawCountOf = ({ zones }: Pick<StoreState, 'zones'>): number =>
  zones.reduce((sum, zone) => sum + zone.rawCount, 0);

/** People between the street and a store in one step of its day, and what its corrections added. */
export type Flow = {
  readonly startsAtMs: number;
  readonly in: number;
  readonly out: number;
  /** Net of all that changed the count and was nobody at a door: corrections, measured zones, what a reset absorbed. */
  readonly adjusted: number;
};

/** People through one door in one minute, on their way into the history. */
export type DoorFlow = {
  readonly storeId: string;
  readonly doorId: string;
  /** Whether it leads to the street: only then does it change the count of the store. */
  readonly street: boolean;
  readonly atMs: number;
  readonly in: number;
  readonly out: number;
};

/** What changed a zone's count and was nobody at a door. */
export type Adjustment = {
  readonly storeId: string;
  readonly zoneId: string;
  readonly atMs: number;
  readonly people: number;
};

/** The step of the day's curve. */
export const FLOW_STEP_MS = 15 * 60_000;
export const MINUTE_MS = 60_000;
