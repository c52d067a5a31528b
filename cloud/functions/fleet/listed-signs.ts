import type { CommandStatus, ListedSign } from '../../contracts/fleet.ts';
import { fingerprintOf } from '../../contracts/pairing.ts';
import { isConfirmed, type SignStateNow, signStateOf } from '../../domain/sign-state.ts';
import type { CommandRecord, SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';

const MAX_LISTED_COMMANDS = 5;

/** Signs as people are shown them, in the order given. */
export async function listedSigns(
  tx: Transaction,
  signs: readonly SignRecord[],
  nowMs: number,
): Promise<ListedSign[]> {
  if (signs.length === 0) return [];
  const counts = await tx.presence.openCounts(signs.map(({ signId }) => signId));
  const connections = new Map(counts.map((count) => [count.signId, count.connections]));
  // The history of a place is that of the device which has it now.
  const placeIds = signs.filter(({ replacedBy }) => replacedBy === null).map(({ placeId }) => placeId);
  const commands = Map.groupBy(
    await tx.commands.newestOf(placeIds, MAX_LISTED_COMMANDS),
    ({ placeId }) => placeId,
  );
  return signs.map((sign) =>
    listed(sign, {
      connections: connections.get(sign.signId) ?? 0,
      commands: sign.replacedBy === null ? (commands.get(sign.placeId) ?? []) : [],
      nowMs,
    }),
  );
}

/** What a sign's record comes to now. */
export const stateNow = (sign: SignRecord, connections: number, nowMs: number): SignStateNow =>
  signStateOf(
    { ...sign, connections, stateBefore: sign.state, stateSinceBeforeMs: sign.stateSinceMs },
    nowMs,
  );

/** How many connections of one sign are open. */
export const openConnections = async (tx: Transaction, signId: string): Promise<number> =>
  (await tx.presence.openCounts([signId]))[0]?.connections ?? 0;

function listed(
  sign: SignRecord,
  now: {
    readonly connections: number;
    readonly commands: readonly CommandRecord[];
    readonly nowMs: number;
  },
): ListedSign {
  const { signId, name, storeGroupId, settings, enrolledAtMs, heardAtMs, report } = sign;
  const { state, sinceMs, untilMs, why } = stateNow(sign, now.connections, now.nowMs);
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
    why,
    heardAtMs,
    report,
    confirmed: isConfirmed(sign),
    commands: now.commands.map((command) => statusOf(command, now.nowMs)),
    revokedAtMs: sign.revokedAtMs,
    replacedBy: sign.replacedBy,
    connections: now.connections,
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
