import type { TransferChange, TransferProblem } from '../../contracts/transfer.ts';
import type { Transaction } from '../../store/port.ts';
import type { Caller } from '../people/caller.ts';

/** What a table comes to. */
export type Plan = {
  readonly rows: number;
  readonly changes: readonly TransferChange[];
  readonly problems: readonly TransferProblem[];
  /** Sensors that it brings or changes: those that the hub does not know yet are to be made. */
  readonly sensorIds: readonly string[];
  /** Keeps it all. Only where there is no problem. */
  keep(tx: Transaction, caller: Caller, nowMs: number): Promise<Kept>;
};

/** Who is to be told. */
export type Kept = {
  readonly movedSigns: readonly MovedSign[];
  readonly describedSignIds: readonly string[];
};
export type MovedSign = {
  readonly signId: string;
  readonly storeGroupId: string | null;
  readonly leftGroupId: string | null;
};

export const NOBODY_TO_TELL: Kept = { movedSigns: [], describedSignIds: [] };

export const byRow = (one: { readonly row: number }, other: { readonly row: number }): number =>
  one.row - other.row;
