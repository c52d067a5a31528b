import * as z from 'zod';
import type { Services } from './services.ts';

const FORGET_CLOSED_AFTER_MS = 24 * 3_600_000;

const connectionSchema = z.object({ ConnectionId: z.string().min(1), UserId: z.string().nullish() });

export type PresenceEvent = 'connected' | 'disconnected';

/** By the trigger: a sign came onto the hub or left it. */
export const presence =
  (services: Pick<Services, 'store' | 'now'>) =>
  (event: PresenceEvent) =>
  async (connection: unknown): Promise<void> => {
    const { ConnectionId: connectionId, UserId: signId } = connectionSchema.parse(connection);
    await notePresence(services, event, { connectionId, signId: signId ?? undefined });
  };

/** Keeps that a sign came or left. A hint: it may come late, twice, by two ways or in the wrong order. */
export async function notePresence(
  { store, now }: Pick<Services, 'store' | 'now'>,
  event: PresenceEvent,
  { connectionId, signId }: { readonly connectionId: string; readonly signId: string | undefined },
): Promise<void> {
  const atMs = now();
  await store.transaction(async (tx) => {
    if (event === 'disconnected') {
      await tx.presence.forgetClosed(atMs - FORGET_CLOSED_AFTER_MS);
      await tx.presence.disconnected({ connectionId, atMs });
    } else if (signId !== undefined) {
      await tx.presence.connected({ connectionId, signId, atMs });
    }
  });
}
