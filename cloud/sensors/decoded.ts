import type { Reading } from '../contracts/telemetry.ts';

/** What the hub, or `ingest`, knows of a message, whatever is in it. */
export type Envelope = {
  /** Stamped by the hub, never taken from the body. */
  readonly sensorId: string;
  readonly enqueuedAtMs: number;
  /** Unique for this message of this sensor; used where a reading brings no key of its own. */
  readonly messageKey: string;
  /** As the sensor declared it, with its parameters (`multipart/mixed; boundary=...`); null where it did not. */
  readonly contentType: string | null;
};

export type RefusalReason =
  | 'not-json'
  | 'not-xml'
  | 'not-a-reading'
  | 'not-recognised'
  | 'too-many-readings'
  | 'unplaced-sensor'
  | 'stood-nowhere'
  | 'wrong-kind'
  | 'implausible';

export type Refusal = {
  /** Stable code. */
  readonly reason: RefusalReason;
  /** Names the field and what was expected. */
  readonly detail: string;
};

/** Good readings and bad ones side by side: a bad one never takes a good one with it. */
export type Decoded = { readonly readings: readonly Reading[]; readonly refusals: readonly Refusal[] };
