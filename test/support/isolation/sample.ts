import type { AimName } from './aims.ts';
import type { IsolationCaller } from './caller.ts';
import type { IsolationStage } from './stage.ts';

/** What is sent, besides the proof of who sends it. */
export type Sent = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** As JSON. */
  readonly body?: unknown;
  /** As it is, in place of `body`. */
  readonly text?: string;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  /** What follows from what is sent, and is no news to the caller. */
  readonly implies?: readonly string[];
};

export type Wanted = {
  readonly stage: IsolationStage;
  readonly caller: IsolationCaller;
  readonly aim: AimName;
  /** Whether the call is to succeed: then what it spoils is made for it. */
  readonly opens: boolean;
};

/** How a function is called, and about what. */
export type Sample = {
  readonly aims: readonly AimName[];
  make(wanted: Wanted): Sent | Promise<Sent>;
};

export const sample = (aims: readonly AimName[], make: Sample['make'] = () => ({})): Sample => ({
  aims,
  make,
});
