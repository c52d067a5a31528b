import type { SignState } from '../contracts/fleet.ts';
import type { PublicKey } from '../contracts/sign.ts';
import type {
  Board,
  CommandKind,
  Heartbeat,
  ScreenshotMediaType,
  SignSettings,
} from '../contracts/sign-report.ts';
import type { HeardBoot } from '../domain/clones.ts';

/** A device that shows, or showed. What belongs to its place on the wall goes over to the device that replaces it. */
export type SignRecord = {
  readonly signId: string;
  readonly publicKey: PublicKey;
  readonly storeGroupId: string | null;
  readonly enrolledAtMs: number;
  /** Empty: nobody named it yet. */
  readonly name: string;
  readonly settings: SignSettings;
  /** The first device at this place: commands and history hang on it. */
  readonly placeId: string;
  readonly report: Heartbeat | null;
  /** Its programs that reported, the last heard first. */
  readonly boots: readonly HeardBoot[];
  readonly heardAtMs: number | null;
  /** The peer address of its last report; while it has no place, the one that it enrolled from. */
  readonly address: string | null;
  /** The state that its last report or review came to, and since when. */
  readonly state: SignState;
  readonly stateSinceMs: number;
  readonly revokedAtMs: number | null;
  readonly replacedBy: string | null;
};

export type SignRecords = {
  /** The sign as it is known; made without a place if it is new. */
  enrol(sign: {
    signId: string;
    publicKey: PublicKey;
    atMs: number;
    address?: string | null;
  }): Promise<SignRecord>;
  sign(signId: string): Promise<SignRecord | undefined>;
  /** In order of id; unknown ones are left out. */
  signs(signIds: readonly string[]): Promise<readonly SignRecord[]>;
  /** The newest first, at most `limit`: those with a place before any other; revoked ones are left out. */
  listSigns(limit: number): Promise<readonly SignRecord[]>;
  /** Those that are in one of these groups and not revoked, in order of id. */
  signsOfGroups(storeGroupIds: readonly string[]): Promise<readonly SignRecord[]>;
  /** The groups that they are in, since when each is known and its board, of those that are not revoked; null: of all groups. */
  placedSigns(
    storeGroupIds: readonly string[] | null,
  ): Promise<readonly { storeGroupId: string; enrolledAtMs: number; board: Board }[]>;
  /** Those of `signsOfGroups` that ever reported: when they did last, and from where. */
  heardInGroups(
    storeGroupIds: readonly string[],
  ): Promise<readonly { signId: string; storeGroupId: string; heardAtMs: number; address: string | null }[]>;
  /**
   * Those with a place that have last reported before `heardBeforeMs`, or whose last report said that they are dark; not
   * those that never reported or are revoked. In order of id.
   */
  silentSigns(heardBeforeMs: number): Promise<readonly SignRecord[]>;
  /** With its place goes what its panel was sent there. False if the sign is unknown or revoked. */
  assign(signId: string, storeGroupId: string | null): Promise<boolean>;
  /** False if the sign is unknown or revoked. */
  describe(signId: string, description: { name: string; settings: SignSettings }): Promise<boolean>;
  /** Keeps its report and the state that follows from it; nothing of a sign that is unknown or revoked. */
  keepReport(report: {
    signId: string;
    report: Heartbeat;
    /** Left out: as they were. */
    boots?: readonly HeardBoot[];
    heardAtMs: number;
    address: string | null;
    state: SignState;
    stateSinceMs: number;
  }): Promise<void>;
  /** Takes its group away for ever, its pairing code and its screenshot. False if it is unknown or revoked already. */
  revoke(signId: string, atMs: number): Promise<boolean>;
  /**
   * `bySignId` takes over place, name, group and settings of `signId`, which is revoked. Throws ERR_STORE_CONFLICT, so that
   * the whole work is done again, where one of the two is unknown or revoked: look at both before.
   */
  replace(replacement: { signId: string; bySignId: string; atMs: number }): Promise<void>;
  /** Signs without a place that are not revoked: the number that a stranger can drive up. */
  countUnassigned(): Promise<number>;
  /** Where those of them that nobody named came from, one for each sign of which it is known. */
  unassignedAddresses(): Promise<readonly string[]>;
  /**
   * Forgets signs without a place that enrolled before `beforeMs`, or before `silentBeforeMs` and never reported, their
   * codes and their nonces; never a revoked one, and none that has a name: that one had a place.
   */
  forgetUnassigned(beforeMs: number, silentBeforeMs?: number): Promise<void>;
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

export type PairingCode = {
  readonly signId: string;
  readonly code: string;
  readonly expiresAtMs: number;
};

export type PairingRecords = {
  /** The sign's code if it has one that ends after `nowMs`. */
  codeOf(signId: string, nowMs: number): Promise<PairingCode | undefined>;
  /** The code in force that reads so. */
  byCode(code: string, nowMs: number): Promise<PairingCode | undefined>;
  /** Replaces the sign's code; forgets all that ended by `nowMs`. False where another sign has just this code. */
  put(code: PairingCode, nowMs: number): Promise<boolean>;
  /** Codes in force. */
  countPending(nowMs: number): Promise<number>;
  /** Where the signs that hold them came from, one for each code of whose sign it is known. */
  pendingAddresses(nowMs: number): Promise<readonly string[]>;
  /** The code of this sign is of no use any more. */
  spend(signId: string): Promise<void>;
  /** Notes a try of a wrong code; forgets tries before `sinceMs`. */
  addWrongTry(wrongTry: { who: string; atMs: number; sinceMs: number }): Promise<void>;
  /** Wrong tries since, by this one and by all together. */
  wrongTries(who: string, sinceMs: number): Promise<{ readonly own: number; readonly all: number }>;
};

export type CommandRecord = {
  readonly commandId: string;
  readonly placeId: string;
  readonly kind: CommandKind;
  readonly by: string;
  readonly askedAtMs: number;
  readonly expiresAtMs: number;
  readonly status: 'waiting' | 'received' | 'done' | 'failed';
  readonly statusAtMs: number;
  readonly why: string;
};

export type CommandRecords = {
  add(commands: readonly CommandRecord[]): Promise<void>;
  /** Waiting and not expired at `nowMs`, the oldest first, at most `limit`. */
  waiting(placeId: string, nowMs: number, limit: number): Promise<readonly CommandRecord[]>;
  /** The newest first, at most `limit` of each place. */
  newestOf(placeIds: readonly string[], limit: number): Promise<readonly CommandRecord[]>;
  /**
   * Undefined where that place has no such command, or it is done or failed already. Nobody else answers it or takes it
   * back before the transaction is over.
   */
  open(placeId: string, commandId: string): Promise<CommandRecord | undefined>;
  /** False where that place has no such command, or it is done or failed already. */
  answer(receipt: {
    commandId: string;
    placeId: string;
    status: 'received' | 'done' | 'failed';
    atMs: number;
    why: string;
  }): Promise<boolean>;
  /** Those of a kind that are open fail. */
  takeBack(
    commands: Pick<CommandRecord, 'placeId' | 'kind' | 'why'> & { readonly atMs: number },
  ): Promise<void>;
};

/** What the panel of a place was last sent. */
export type ScreenshotRecord = {
  readonly placeId: string;
  readonly commandId: string;
  readonly takenAtMs: number;
  readonly mediaType: ScreenshotMediaType;
  readonly body: Uint8Array;
};

export type ScreenshotRecords = {
  /** In the place of the one before. */
  keep(screenshot: ScreenshotRecord): Promise<void>;
  of(placeId: string): Promise<ScreenshotRecord | undefined>;
  /** Places that have none are left out. */
  takenAt(placeIds: readonly string[]): Promise<readonly { placeId: string; takenAtMs: number }[]>;
};

/** That an alert of a store stood on the panel of a place; `alertKey`: see `alertKeyOf`. */
export type AlertPainting = {
  readonly storeId: string;
  readonly alertKey: string;
  readonly placeId: string;
  readonly paintedAtMs: number;
};

export type AlertPaintingRecords = {
  /** What is known already stays as it is: the first time counts. */
  keep(paintings: readonly AlertPainting[]): Promise<void>;
  /** In order of time. */
  of(storeId: string, alertKeys: readonly string[]): Promise<readonly AlertPainting[]>;
};
