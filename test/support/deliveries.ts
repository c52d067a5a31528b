import fc from 'fast-check';
import { afterProof, afterPull, afterPush, type HeldSnapshots } from '../../cloud/client/held-snapshots.ts';
import type { Moment } from '../../cloud/client/moment.ts';
import { aProof, aSnapshot } from './client-snapshots.ts';

export const STEP_MS = 1_000;

/**
 * One second: something happens in the cloud, or it sends something that takes some steps to arrive.
 * What takes several times is delivered as often.
 */
type Step =
  | { readonly kind: 'changed' | 'heard' | 'restored' }
  | { readonly kind: 'push' | 'proof'; readonly takes: readonly number[] }
  | { readonly kind: 'pull'; readonly out: number; readonly takes: readonly number[] };

export const scripts = (longestPush: number): fc.Arbitrary<Step[]> => {
  const kinds = <Kind extends string>(...names: Kind[]) => fc.constantFrom(...names);
  const takes = (longest: number) => fc.array(fc.nat(longest), { maxLength: 3 });
  const step = fc.oneof(
    { weight: 2, arbitrary: fc.record({ kind: kinds('changed', 'heard') }) },
    { weight: 1, arbitrary: fc.record({ kind: kinds('restored') }) },
    { weight: 3, arbitrary: fc.record({ kind: kinds('push', 'proof'), takes: takes(longestPush) }) },
    { weight: 2, arbitrary: fc.record({ kind: kinds('pull'), out: fc.nat(6), takes: takes(6) }) },
  );
  return fc.array(step, { maxLength: 40 });
};

export type Truth = { readonly epoch: number; readonly revision: number; readonly heardAtMs: number };

/** `known`: the truths of which word has reached the sign. */
export type Seen = { readonly nowMs: number; readonly held: HeldSnapshots; readonly known: readonly Truth[] };

/** What a sign held after each delivery and a while later, what was true in the end, and what the next pull makes of it. */
export function played(script: readonly Step[]): { seen: Seen[]; truth: Truth; end: HeldSnapshots } {
  const truths = truthsOf(script);
  const truth = truths.at(-1) ?? BORN;
  const deliveries = deliveriesOf(script, (step) => truths[step] ?? truth);
  deliveries.sort((one, other) => one.step - other.step);

  let held = afterPull(null, pulledAt(0, BORN), at(0), at(0));
  const known = [BORN];
  const seen = deliveries.flatMap((delivery): Seen[] => {
    known.push(delivery.sent);
    held = delivery.change(held);
    const now = { held, known: [...known] };
    const nowMs = delivery.step * STEP_MS;
    return [
      { ...now, nowMs },
      { ...now, nowMs: nowMs + 500 },
    ];
  });
  const endMs = (script.length + 20) * STEP_MS;
  return { seen, truth, end: afterPull(held, pulledAt(endMs, truth), at(endMs), at(endMs)) };
}

const BORN: Truth = { epoch: 1, revision: 1, heardAtMs: 0 };

function truthsOf(script: readonly Step[]): Truth[] {
  let truth = BORN;
  return script.map(({ kind }, step) => {
    const heardAtMs = step * STEP_MS;
    if (kind === 'changed') truth = { ...truth, revision: truth.revision + 1, heardAtMs };
    if (kind === 'heard') truth = { ...truth, heardAtMs };
    if (kind === 'restored') truth = { ...truth, epoch: truth.epoch + 1, revision: 1 };
    return truth;
  });
}

type Delivery = {
  readonly step: number;
  readonly sent: Truth;
  readonly change: (held: HeldSnapshots) => HeldSnapshots;
};

function deliveriesOf(script: readonly Step[], truthAt: (step: number) => Truth): Delivery[] {
  return script.flatMap((step, index): Delivery[] => {
    if (!('takes' in step)) return [];
    const sentAt = step.kind === 'pull' ? index + step.out : index;
    const sent = truthAt(sentAt);
    const asked = at(index * STEP_MS);
    const sentAtMs = sentAt * STEP_MS;
    const told = { ...sent, sentAtMs, ageMs: sentAtMs - sent.heardAtMs };
    return step.takes.map((takes) => {
      const arrived = at((sentAt + takes) * STEP_MS);
      const change = (held: HeldSnapshots) => {
        if (step.kind === 'push') return afterPush(held, aSnapshot(told), arrived).held;
        if (step.kind === 'proof') return afterProof(held, aProof(told), arrived).held;
        return afterPull(held, pulledAt(sentAtMs, sent), asked, arrived);
      };
      return { step: sentAt + takes, sent, change };
    });
  });
}

export const at = (ms: number): Moment => ({ monotonicMs: ms, wallMs: ms });

const pulledAt = (ms: number, truth: Truth) => ({
  storeGroupId: 'spain',
  snapshots: [aSnapshot({ ...truth, sentAtMs: ms, ageMs: ms - truth.heardAtMs })],
});
