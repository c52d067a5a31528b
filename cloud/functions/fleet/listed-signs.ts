import type { CommandStatus, ListedSign } from '../../contracts/fleet.ts';
import { fingerprintOf } from '../../contracts/pairing.ts';
import { clonesOf, whyWithClones } from '../../domain/clones.ts';
import { isConfirmed, type KnownOfSign, type SignStateNow, signStateOf } from '../../domain/sign-state.ts';
import type { CommandRecord, SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import { heardNearby } from './heard-nearby.ts';
import { type Presence, presenceOf } from './presence-of.ts';

const MAX_LISTED_COMMANDS = 5;

/** Signs as people are shown them, in the order given. */
export async function listedSigns(
  tx: Transaction,
  signs: readonly SignRecord[],
  nowMs: number,
): Promise<ListedSign[]> {
  if (signs.length === 0) return [];
  const presence = await presenceOf(
    tx,
    signs.map(({ signId }) => signId),
  );
  // The history of a place is that of the device which has it now.
  const placeIds = signs.filter(({ replacedBy }) => replacedBy === null).map(({ placeId }) => placeId);
  const commands = Map.groupBy(
    await tx.commands.newestOf(placeIds, MAX_LISTED_COMMANDS),
    ({ placeId }) => placeId,
  );
  const screenshots = new Map(
    (await tx.screenshots.takenAt(placeIds)).map(({ placeId, takenAtMs }) => [placeId, takenAtMs]),
  );
  const states = await statesNow(tx, signs, presence, nowMs);
  return signs.map((sign, index) =>
    listed(sign, {
      state: states[index] ?? stateNow(sign, presence(sign.signId), nowMs),
      connections: presence(sign.signId).connections,
      commands: sign.replacedBy === null ? (commands.get(sign.placeId) ?? []) : [],
      screenshotAtMs: sign.replacedBy === null ? (screenshots.get(sign.placeId) ?? null) : null,
      nowMs,
    }),
  );
}

/** What a sign's record comes to now. */
export const stateNow = (
  sign: SignRecord,
  presence: Presence,
  nowMs: number,
  beside: Pick<KnownOfSign, 'heardNearbyAtMs' | 'cloudRunsSinceMs'> = {},
): SignStateNow =>
  signStateOf(
    { ...sign, ...presence, ...beside, stateBefore: sign.state, stateSinceBeforeMs: sign.stateSinceMs },
    nowMs,
  );

/** The same of many, in their order; what stands beside them is asked only for those of which nothing is heard. */
export async function statesNow(
  tx: Transaction,
  signs: readonly SignRecord[],
  presence: (signId: string) => Presence,
  nowMs: number,
): Promise<SignStateNow[]> {
  const states = signs.map((sign) => stateNow(sign, presence(sign.signId), nowMs));
  const silent = signs.filter((_, index) => states[index]?.cause === 'silent');
  if (silent.length === 0) return states;
  const nearby = await heardNearby(tx, silent);
  const cloudRunsSinceMs = await tx.upkeep.ranSince(nowMs);
  return signs.map((sign, index) => {
    const alone = states[index];
    if (alone !== undefined && alone.cause !== 'silent') return alone;
    const heardNearbyAtMs = nearby(sign.signId);
    return stateNow(sign, presence(sign.signId), nowMs, { heardNearbyAtMs, cloudRunsSinceMs });
  });
}

function listed(
  sign: SignRecord,
  now: {
    readonly state: SignStateNow;
    readonly connections: number;
    readonly commands: readonly CommandRecord[];
    readonly screenshotAtMs: number | null;
    readonly nowMs: number;
  },
): ListedSign {
  const { signId, name, storeGroupId, settings, enrolledAtMs, heardAtMs, report } = sign;
  const { state, sinceMs, untilMs, cause, why } = now.state;
  const clones = sign.revokedAtMs === null ? clonesOf(sign.boots, now.nowMs) : [];
  return {
    signId,
    fingerprint: fingerprintOf(signId),
    name,
    storeGroupId,
    settings,
    enrolledAtMs,
    state,
    stateSinceMs: sinceMs,
    stateUntilMs: untilMs,
    why: whyWithClones(why, clones),
    cause,
    heardAtMs,
    report,
    confirmed: isConfirmed(sign),
    commands: now.commands.map((command) => statusOf(command, now.nowMs)),
    revokedAtMs: sign.revokedAtMs,
    replacedBy: sign.replacedBy,
    connections: now.connections,
    clones,
    screenshotAtMs: now.screenshotAtMs,
  };
}

function statusOf({ placeId: _, ...command }: CommandRecord, nowMs: number): CommandStatus {
  const isOpen = command.status === 'waiting' || command.status === 'received';
  if (!isOpen || nowMs < command.expiresAtMs) return command;
  const why =
    command.status === 'waiting'
      ? 'The sign did not ask for it in time.'
      : 'The sign has it, and did not say what became of it.';
  return { ...command, status: 'expired', statusAtMs: command.expiresAtMs, why };
}
