import type { Reading } from '../contracts/telemetry.ts';

/** What the hub knows of a message, whatever is in it. */
export type Envelope = {
  /** Stamped by the hub, never taken from the body. */
  readonly sensorId: string;
  readonly enqueuedAtMs: number;
  /** Unique for this message of this sensor; used where a reading brings no boot and sequence of its own. */
  readonly messageKey: string;
};

export type Refusal = {
  /** Stable code. */
  readonly reason: 'not-json' | 'not-a-reading' | 'too-many-readings' | 'unplaced-sensor';
  /** Names the field and what was expected. */
  readonly detail: string;
};

/** Good readings and bad ones side by side: a bad one never takes a good one with it. */
export type Decoded = { readonly readings: readonly Reading[]; readonly refusals: readonly Refusal[] };
