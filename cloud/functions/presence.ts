import * as z from 'zod';
import { shutOut } from './fleet/shut-out.ts';
import type { Services } from './services.ts';

const FORGET_CLOSED_AFTER_MS = 24 * 3_600_000;

/** People watch on the same hub, and their coming and going is kept by nobody. */
const PERSON = 'p-';

const connectionSchema = z.object({ ConnectionId: z.string().min(1), UserId: z.string().nullish() });

type PresenceServices = Pick<Services, 'store' | 'now' | 'signalR'>;

export type PresenceEvent = 'connected' | 'disconnected';

/** By the trigger: a sign came onto the hub or left it. */
export const presence =
  (services: PresenceServices) =>
  (event: PresenceEvent) =>
  async (connection: unknown): Promise<void> => {
    const { ConnectionId: connectionId, UserId: signId } = connectionSchema.parse(connection);
    await notePresence(services, event, { connectionId, signId: signId ?? undefined });
  };

/**
 * Keeps that a sign came or left. A hint: it may come late, twice, by two ways or in the wrong order. A revoked one that
 * came with an old token is shut out again.
 */
export async function notePresence(
  { store, signalR, now }: PresenceServices,
  event: PresenceEvent,
  { connectionId, signId }: { readonly connectionId: string; readonly signId: string | undefined },
): Promise<void> {
  if (signId?.startsWith(PERSON)) return;
  const atMs = now();
  const isRevoked = await store.transaction(async (tx) => {
    if (event === 'disconnected') {
      await tx.presence.forgetClosed(atMs - FORGET_CLOSED_AFTER_MS);
      await tx.presence.disconnected({ connectionId, atMs });
    } else if (signId !== undefined) {
      await tx.presence.connected({ connectionId, signId, atMs });
      return ((await tx.signs.sign(signId))?.revokedAtMs ?? null) !== null;
    }
    return false;
  });
  if (isRevoked && signId !== undefined) await shutOut({ signalR }, signId);
}
