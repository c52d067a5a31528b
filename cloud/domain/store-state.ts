/** A door as the count needs it. Its silence is decided, and kept, so that the same revision says the same. */
export type DoorState = {
  readonly id: string;
  readonly name: string;
  readonly silent: boolean;
  /** The least of what its sensors have been heard until, Unix ms; null while one was never heard. */
  readonly heardUntilMs: number | null;
};

/** A store's local day; `endsAtMs` is where the next one starts. */
export type StoreDay = { readonly day: string; readonly startsAtMs: number; readonly endsAtMs: number };

/** When the signs of a store were last told of it, and whether something waits to be told. Unix ms. */
export type PushState = {
  readonly sentAtMs: number | null;
  readonly proofSentAtMs: number | null;
  readonly due: boolean;
};

/** Everything that a store's snapshot is made of, but for its flows through the day. */
export type StoreState = {
  readonly storeId: string;
  readonly name: string;
  readonly timeZone: string;
  readonly limits: { readonly soft: number; readonly hard: number };
  readonly liveForMs: number;
  /** Sum of all that went in and out; drift may take it below 0. */
  readonly rawCount: number;
  readonly revision: number;
  readonly today: StoreDay;
  readonly push: PushState;
  readonly doors: readonly DoorState[];
};

/** People through all doors of a store in one step of its day. */
export type Flow = { readonly startsAtMs: number; readonly in: number; readonly out: number };

/** The step of the day's curve. */
export const FLOW_STEP_MS = 15 * 60_000;
