import type { AlertEvent } from '../contracts/alert.ts';
import type { CorrectionRecord } from '../contracts/correction.ts';
import type { SensorModel } from '../contracts/sensor-model.ts';
import type { StoreDescription } from '../contracts/store-description.ts';
import type { StoreGroupDescription } from '../contracts/store-group.ts';
import type { Placement } from '../domain/placement.ts';
import type { SensorState } from '../domain/sensor-state.ts';
import type { ConnectionEnd } from '../domain/sign-state.ts';
import type { Adjustment, DoorFlow, Flow, StoreDay, StoreState } from '../domain/store-state.ts';
import type {
  AlertPaintingRecords,
  CommandRecords,
  PairingRecords,
  ScreenshotRecords,
  SignRecords,
} from './fleet-port.ts';
import type { MessageRecords } from './message-port.ts';
import type { AuditRecords, PeopleRecords } from './people-port.ts';
import type { SensorRecords } from './sensor-port.ts';

/**
 * What is remembered. Two engines keep it, SQLite and PostgreSQL; one suite holds both to this page.
 * All work happens in a transaction: all of it is kept, durably, before `transaction` resolves, or none.
 */
export type Store = {
  readonly engine: 'sqlite' | 'postgres';
  /** When this database was born or restored, Unix ms. */
  readonly epoch: number;
  /** May run `work` again after a deadlock or a serialization failure: it must have no effect but on `tx`. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** For those who only read: all of it as it was at one moment, and nobody waits for them. */
  look<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export type Transaction = {
  readonly structure: StructureRecords;
  readonly counting: CountingRecords;
  readonly history: HistoryRecords;
  readonly pushing: PushRecords;
  readonly signs: SignRecords;
  readonly pairing: PairingRecords;
  readonly commands: CommandRecords;
  readonly screenshots: ScreenshotRecords;
  readonly paintings: AlertPaintingRecords;
  readonly messages: MessageRecords;
  readonly people: PeopleRecords;
  readonly audit: AuditRecords;
  readonly presence: PresenceRecords;
  readonly rejected: RejectedRecords;
  readonly ingestKeys: IngestKeyRecords;
  readonly sensors: SensorRecords;
  readonly upkeep: UpkeepRecords;
};

export type StructureRecords = {
  /**
   * Makes or changes a store; its count stays, its revision rises by one. A sensor that is where it was keeps its
   * placement; one that came, moved, was flipped or left has the old one ended at `nowMs` and a new one begun then. The
   * first placement that a sensor ever has begins at 0, so that what it said before can still be counted.
   * The count of a zone that is gone goes to the first zone. `today`: its day by the clock of its (perhaps new) time zone.
   */
  putStore(
    storeId: string,
    description: StoreDescription,
    at: { today: StoreDay; nowMs: number },
  ): Promise<void>;
  storeDescription(storeId: string): Promise<StoreDescription | undefined>;
  /** All of these sensors, past ones too, in no promised order; at most the newest 100 a sensor. */
  placementsOf(sensorIds: readonly string[]): Promise<readonly Placement[]>;
  /** Of each sensor that some store names now, how it speaks; in no promised order. */
  modelsOf(sensorIds: readonly string[]): Promise<readonly { sensorId: string; model: SensorModel }[]>;
  storeGroupExists(storeGroupId: string): Promise<boolean>;
  /** What the group's stores inherit. The stores concerned are reviewed by the next flush. */
  putStoreGroup(storeGroupId: string, description: StoreGroupDescription): Promise<void>;
  /** Undefined where nothing was ever said of it. */
  storeGroupDescription(storeGroupId: string): Promise<StoreGroupDescription | undefined>;
  /** Every store, in order of id, at most `limit`. */
  storeIds(limit: number): Promise<readonly string[]>;
  /** In order of id. */
  storeIdsOfGroup(storeGroupId: string): Promise<readonly string[]>;
  /** One row a group and store. */
  storesOfGroups(
    storeGroupIds: readonly string[],
  ): Promise<readonly { storeGroupId: string; storeId: string }[]>;
  /** The first store of each of these groups, in order of id; groups without any are left out. */
  firstStoresOf(
    storeGroupIds: readonly string[],
  ): Promise<readonly { storeGroupId: string; storeId: string }[]>;
  /** One row a store and group, in order of both ids. */
  groupsOfStores(storeIds: readonly string[]): Promise<readonly { storeId: string; storeGroupId: string }[]>;
};

export type CountingRecords = {
  /** Without a lock, for those who only look. In order of id; unknown ids are left out. */
  readStores(storeIds: readonly string[]): Promise<readonly StoreState[]>;
  /**
   * Locks the stores in order of id, so that two batches never wait for each other in a circle. True: what was read before
   * may be other now, because one may have to wait. False: the transaction was alone from its start.
   */
  holdStores(storeIds: readonly string[]): Promise<boolean>;
  /** Holds the stores and reads them, in order of id. Unknown ids are left out. */
  lockStores(storeIds: readonly string[]): Promise<readonly StoreState[]>;
  /** Writes the ledger. For each key, in order: true if it is new, false if it was known or stood earlier in the list. */
  claimReadings(
    readings: readonly { readonly sensorId: string; readonly key: string; readonly enqueuedAtMs: number }[],
  ): Promise<readonly boolean[]>;
  /** Sensors that were never heard are left out. */
  sensorStates(sensorIds: readonly string[]): Promise<readonly SensorState[]>;
  saveSensorStates(states: readonly SensorState[]): Promise<void>;
  /** What is usual on their day, which `saveStoreStates` leaves as it is. The stores are held. */
  saveUsualDays(states: readonly Pick<StoreState, 'storeId' | 'usual'>[]): Promise<void>;
  /** Keeps all but the structure: counts, revision, today, opening, push, silence, level, alerts, next reset, imbalance. */
  saveStoreStates(states: readonly StoreState[]): Promise<void>;
  /** Adds to the history: by the minute for a door, by FLOW_STEP_MS for the curve of a store (doors to the street only). */
  addFlows(flows: readonly DoorFlow[]): Promise<void>;
  /** Adds to the history: by the minute for a zone, by FLOW_STEP_MS for the curve of a store. */
  addAdjustments(adjustments: readonly Adjustment[]): Promise<void>;
  /** The store's steps from one moment up to, not including, another, in order of time; steps without any are left out. */
  flowsOf(storeId: string, fromMs: number, untilMs: number): Promise<readonly Flow[]>;
};

/** One door in one minute. */
export type DoorMinute = {
  readonly doorId: string;
  readonly minuteMs: number;
  readonly in: number;
  readonly out: number;
};
export type ZoneMinute = { readonly zoneId: string; readonly minuteMs: number; readonly people: number };

export type HistoryRecords = {
  /** From one moment up to, not including, another; in order of time, then of id. Both moments are whole minutes. */
  doorMinutes(storeId: string, fromMs: number, untilMs: number): Promise<readonly DoorMinute[]>;
  zoneMinutes(storeId: string, fromMs: number, untilMs: number): Promise<readonly ZoneMinute[]>;
  /** The sum of each door and of each zone since a whole minute, that minute included; `minuteMs` is that minute. */
  doorSumsSince(storeId: string, fromMs: number): Promise<readonly DoorMinute[]>;
  zoneSumsSince(storeId: string, fromMs: number): Promise<readonly ZoneMinute[]>;
  /** What changed the count of a store from each of these moments, which are in order, up to the next one; the last: from then on. */
  changesBetween(
    storeId: string,
    momentsMs: readonly number[],
  ): Promise<readonly Pick<Flow, 'in' | 'out' | 'adjusted'>[]>;
  addCorrections(corrections: readonly Omit<CorrectionRecord, 'number'>[]): Promise<void>;
  /** The newest first. */
  corrections(storeId: string, limit: number): Promise<readonly CorrectionRecord[]>;
  /** When its zones were set, after a moment; in order of time. */
  setsSince(storeId: string, sinceMs: number): Promise<readonly { zoneId: string; atMs: number }[]>;
  addAlertEvents(events: readonly (AlertEvent & { readonly storeId: string })[]): Promise<void>;
  /** The newest first. */
  alertEvents(storeId: string, limit: number): Promise<readonly AlertEvent[]>;
};

export type PushRecords = {
  /**
   * After a clock that ran ahead was set right: what was noted of a time yet to come is forgotten, and all stores
   * concerned are reviewed. A daily reset that was made in that time is undone, unless so many
   * were made that it is the clock of now which must be wrong.
   */
  forgetFuture(nowMs: number): Promise<void>;
  /** Stores that wait to be told and were last told before `sentBeforeMs`, or whose proof is older than `proofBeforeMs`. In order of id. */
  storesToTell(limits: {
    readonly sentBeforeMs: number;
    readonly proofBeforeMs: number;
  }): Promise<readonly string[]>;
  /** Stores of which something may be due by then: see `StoreState.reviewAtMs`. In order of id. */
  storesToReview(nowMs: number): Promise<readonly string[]>;
};

export type PresenceRecords = {
  /** A hint, keyed by connection: the same news twice is harmless, and `disconnected` may overtake `connected`. */
  connected(connection: { connectionId: string; signId: string; atMs: number }): Promise<void>;
  disconnected(connection: {
    connectionId: string;
    atMs: number;
    ended?: ConnectionEnd | null;
  }): Promise<void>;
  openConnections(signId: string): Promise<readonly { connectionId: string; atMs: number }[]>;
  /** How many connections of each of these signs are open; those without one are left out. */
  openCounts(signIds: readonly string[]): Promise<readonly { signId: string; connections: number }[]>;
  /** When and how the last of the connections of each of these signs ended; signs of which none did are left out. */
  lastEnds(
    signIds: readonly string[],
  ): Promise<readonly { signId: string; atMs: number; how: ConnectionEnd | null }[]>;
  /** Forgets connections that closed before `beforeMs`. */
  forgetClosed(beforeMs: number): Promise<void>;
};

export type Rejection = {
  readonly sensorId: string;
  /** A stable code, `not-json`. */
  readonly reason: string;
  /** What was wrong and what was expected, for a person. */
  readonly detail: string;
  readonly body: Uint8Array;
  /** What it needs to be counted after all. */
  readonly messageKey: string;
  readonly enqueuedAtMs: number;
  readonly contentType: string | null;
};

/** The same body of the same sensor for the same reason. */
export type RejectedRecord = {
  readonly sensorId: string;
  readonly reason: string;
  readonly detail: string;
  readonly body: Uint8Array;
  /** Messages; one that the hub handed over again is not another one. */
  readonly times: number;
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
};

/** One message of them, as it came. */
export type RejectedMessage = Omit<Rejection, 'detail'>;

export type RejectedRecords = {
  /** A message that is known by its sensor, key and reason is not kept again. Gives those that were not known. */
  keep(rejections: readonly Rejection[], atMs: number): Promise<readonly Rejection[]>;
  /** Newest first. */
  list(limit: number): Promise<readonly RejectedRecord[]>;
  /** Messages of a sensor in the order in which they came (enqueuedAtMs, then key), at most `limit`, after the one given. */
  messagesOf(
    sensorId: string,
    limit: number,
    after?: Pick<RejectedMessage, 'enqueuedAtMs' | 'messageKey'>,
  ): Promise<readonly RejectedMessage[]>;
  /** Forgets these messages, and the rows of `list` that no message is left of. */
  forget(messages: readonly Pick<RejectedMessage, 'sensorId' | 'reason' | 'messageKey'>[]): Promise<void>;
  /** How many messages are kept of a sensor. */
  countOf(sensorId: string): Promise<number>;
  /** Forgets the oldest of them, at most `limit`; gives how many that were. */
  forgetOldest(sensorId: string, limit: number): Promise<number>;
};

export type IngestKeyRecords = {
  /** Replaces the sensor's key. `sha256`: of the key, base64url. */
  put(sensorId: string, sha256: string, atMs: number): Promise<void>;
  /** Undefined where it has none. */
  sha256Of(sensorId: string): Promise<string | undefined>;
  /** The keys of these sensors are of no use any more; those that have none are left out. */
  remove(sensorIds: readonly string[]): Promise<void>;
};

export type UpkeepRecords = {
  /** Notes that the cloud runs, as each flush does; gives since when it has without a break. */
  runningSince(nowMs: number): Promise<number>;
  /** The same for those who only look; 0 where no flush ever was. */
  ranSince(nowMs: number): Promise<number>;
  /**
   * Forgets what nobody will ask for any more, the oldest first, at most `limit` rows of each kind: readings in the
   * ledger that the hub had before `ledgerBeforeMs`, rejected messages not seen again since `rejectedBeforeMs`,
   * connections that opened before `connectionsBeforeMs` and of whose end nobody told us, tries of wrong codes and keys and
   * ended sessions of a time before that, and minutes, steps, corrections, alert events, messages, paintings, commands and ended placements of
   * a time before `historyBeforeMs`. The audit is kept for ever.
   */
  prune(limits: {
    readonly ledgerBeforeMs: number;
    readonly rejectedBeforeMs: number;
    readonly connectionsBeforeMs: number;
    readonly historyBeforeMs: number;
    readonly limit: number;
  }): Promise<void>;
};
