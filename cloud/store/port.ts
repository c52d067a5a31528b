import type { PublicKey } from '../contracts/sign.ts';
import type { StoreDescription } from '../contracts/store-description.ts';
import type { SensorState } from '../domain/sensor-state.ts';
import type { Flow, StoreDay, StoreState } from '../domain/store-state.ts';

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
  readonly pushing: PushRecords;
  readonly signs: SignRecords;
  readonly presence: PresenceRecords;
  readonly rejected: RejectedRecords;
  readonly upkeep: UpkeepRecords;
};

export type Placement = {
  readonly sensorId: string;
  readonly doorId: string;
  readonly storeId: string;
  readonly flipped: boolean;
};

export type StructureRecords = {
  /** Makes or changes a store, its doors, sensors and groups; its count stays, its revision rises by one. `today` is its day by the clock of its (perhaps new) time zone. */
  putStore(storeId: string, description: StoreDescription, today: StoreDay): Promise<void>;
  storeDescription(storeId: string): Promise<StoreDescription | undefined>;
  /** In no promised order; a sensor without a place is left out. */
  placementsOf(sensorIds: readonly string[]): Promise<readonly Placement[]>;
  storeGroupExists(storeGroupId: string): Promise<boolean>;
  /** In order of id. */
  storeIdsOfGroup(storeGroupId: string): Promise<readonly string[]>;
  /** One row a store and group, in order of both ids. */
  groupsOfStores(storeIds: readonly string[]): Promise<readonly { storeId: string; storeGroupId: string }[]>;
};

/** A passage through one door in one minute, on its way into the history. */
export type DoorFlow = Flow & { readonly storeId: string; readonly doorId: string };

export type CountingRecords = {
  /** Without a lock, for those who only look. In order of id; unknown ids are left out. */
  readStores(storeIds: readonly string[]): Promise<readonly StoreState[]>;
  /** Locks the stores in order of id, so that two batches never wait for each other in a circle. */
  holdStores(storeIds: readonly string[]): Promise<void>;
  /** Holds the stores and reads them, in order of id. Unknown ids are left out. */
  lockStores(storeIds: readonly string[]): Promise<readonly StoreState[]>;
  /** Writes the ledger. For each key, in order: true if it is new, false if it was known or stood earlier in the list. */
  claimReadings(
    readings: readonly { readonly sensorId: string; readonly key: string; readonly atMs: number }[],
  ): Promise<readonly boolean[]>;
  sensorStates(sensorIds: readonly string[]): Promise<readonly SensorState[]>;
  saveSensorStates(states: readonly SensorState[]): Promise<void>;
  /** Keeps count, revision, today, push and each door's silence. Names and limits are the structure's business. */
  saveStoreStates(states: readonly StoreState[]): Promise<void>;
  /** Adds to the history: `startsAtMs` is rounded down to the minute (a door) and to FLOW_STEP_MS (the store's curve). */
  addFlows(flows: readonly DoorFlow[]): Promise<void>;
  /** The store's flows from one moment up to, not including, another, in order of time; steps of FLOW_STEP_MS without any are left out. */
  flowsOf(storeId: string, fromMs: number, untilMs: number): Promise<readonly Flow[]>;
};

export type PushRecords = {
  /** After a clock that ran ahead was set right: what was noted of a time yet to come is forgotten, and all stores concerned are reviewed. */
  forgetFuture(nowMs: number): Promise<void>;
  /** Stores that wait to be told and were last told before `sentBeforeMs`, or whose proof is older than `proofBeforeMs`. In order of id. */
  storesToTell(limits: {
    readonly sentBeforeMs: number;
    readonly proofBeforeMs: number;
  }): Promise<readonly string[]>;
  /** Stores whose day is over, or of which a door not yet marked silent was last heard more than its store's `liveForMs` ago. In order of id. */
  storesToReview(nowMs: number): Promise<readonly string[]>;
};

export type SignRecord = {
  readonly signId: string;
  readonly publicKey: PublicKey;
  readonly storeGroupId: string | null;
  readonly enrolledAtMs: number;
};

export type SignRecords = {
  /** The sign as it is known; made without a place if it is new. */
  enrol(sign: { signId: string; publicKey: PublicKey; atMs: number }): Promise<SignRecord>;
  sign(signId: string): Promise<SignRecord | undefined>;
  /** The newest first, at most `limit`. */
  listSigns(limit: number): Promise<readonly SignRecord[]>;
  /** False if the sign is unknown. */
  assign(signId: string, storeGroupId: string | null): Promise<boolean>;
  /** Signs without a place: the number that a stranger can drive up. */
  countUnassigned(): Promise<number>;
  /** Forgets signs without a place that enrolled before `beforeMs`. */
  forgetUnassigned(beforeMs: number): Promise<void>;
  /** Keeps a nonce of a sign, forgets what is over its time and all but the newest `keep` of that sign. */
  addNonce(nonce: {
    signId: string;
    nonce: string;
    nowMs: number;
    expiresAtMs: number;
    keep: number;
  }): Promise<void>;
  /** True once, and only before it expires. */
  spendNonce(nonce: { signId: string; nonce: string; nowMs: number }): Promise<boolean>;
};

export type PresenceRecords = {
  /** A hint, keyed by connection: the same news twice is harmless, and `disconnected` may overtake `connected`. */
  connected(connection: { connectionId: string; signId: string; atMs: number }): Promise<void>;
  disconnected(connection: { connectionId: string; atMs: number }): Promise<void>;
  openConnections(signId: string): Promise<readonly { connectionId: string; atMs: number }[]>;
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
};

export type RejectedRecord = Rejection & {
  readonly times: number;
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
};

export type RejectedRecords = {
  /** The same body of the same sensor for the same reason is one row with a higher count. */
  keep(rejections: readonly Rejection[], atMs: number): Promise<void>;
  /** Newest first. */
  list(limit: number): Promise<readonly RejectedRecord[]>;
};

export type UpkeepRecords = {
  /**
   * Forgets what nobody will ask for any more, the oldest first, at most `limit` rows of each kind: readings in the
   * ledger that speak of a time before `ledgerBeforeMs`, rejected messages not seen again since `rejectedBeforeMs`, and
   * connections that opened before `connectionsBeforeMs` and of whose end nobody told us.
   */
  prune(limits: {
    readonly ledgerBeforeMs: number;
    readonly rejectedBeforeMs: number;
    readonly connectionsBeforeMs: number;
    readonly limit: number;
  }): Promise<void>;
};
