import type { CommandStatus, ListedSign } from '../../contracts/fleet.ts';
import { fingerprintOf } from '../../contracts/pairing.ts';
import { clonesOf, whyWithClones } from '../../domain/clones.ts';
import { isConfirmed, type SignStateNow, signStateOf } from '../../domain/sign-state.ts';
import type { CommandRecord, SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
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
  return signs.map((sign) =>
    listed(sign, {
      presence: presence(sign.signId),
      commands: sign.replacedBy === null ? (commands.get(sign.placeId) ?? []) : [],
      screenshotAtMs: sign.replacedBy === null ? (screenshots.get(sign.placeId) ?? null) : null,
      nowMs,
    }),
  );
}

/** What a sign's record comes to now. */
export const stateNow = (sign: SignRecord, presence: Presence, nowMs: number): SignStateNow =>
  signStateOf(
    { ...sign, ...presence, stateBefore: sign.state, stateSinceBeforeMs: sign.stateSinceMs },
    nowMs,
  );

function listed(
  sign: SignRecord,
  now: {
    readonly presence: Presence;
    readonly commands: readonly CommandRecord[];
    readonly screenshotAtMs: number | null;
    readonly nowMs: number;
  },
): ListedSign {
  const { signId, name, storeGroupId, settings, enrolledAtMs, heardAtMs, report } = sign;
  const { state, sinceMs, untilMs, why } = stateNow(sign, now.presence, now.nowMs);
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
    heardAtMs,
    report,
    confirmed: isConfirmed(sign),
    commands: now.commands.map((command) => statusOf(command, now.nowMs)),
    revokedAtMs: sign.revokedAtMs,
    replacedBy: sign.replacedBy,
    connections: now.presence.connections,
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
