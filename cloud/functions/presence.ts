import * as z from 'zod';
import type { ConnectionEnd } from '../domain/sign-state.ts';
import { shutOut } from './fleet/shut-out.ts';
import type { Services } from './services.ts';

const FORGET_CLOSED_AFTER_MS = 24 * 3_600_000;

/** People watch on the same hub, and their coming and going is kept by nobody. */
const PERSON = 'p-';

const connectionSchema = z.object({
  ConnectionId: z.string().min(1),
  UserId: z.string().nullish(),
  Error: z.string().nullish(),
});

type PresenceServices = Pick<Services, 'store' | 'now' | 'signalR'>;

/** `error`: what the service says of its end; nothing where the other side closed it. */
type Noted = {
  readonly connectionId: string;
  readonly signId: string | undefined;
  readonly error?: string | null | undefined;
};

const CLOSED_FROM_AFAR = /remote party closed|without completing the close|was lost|ECONNRESET/i;

/** The service has no code for it, only words: Azure's and ours. Null: it was the service that closed it. */
function connectionEndOf(error: string | null | undefined): ConnectionEnd | null {
  if (/its machine answers/i.test(error ?? '')) return 'frozen';
  if (!error || CLOSED_FROM_AFAR.test(error)) return 'closed';
  return /timeout|timed out|nothing was heard/i.test(error) ? 'silent' : null;
}

export type PresenceEvent = 'connected' | 'disconnected';

/** By the trigger: a sign came onto the hub or left it. */
export const presence =
  (services: PresenceServices) =>
  (event: PresenceEvent) =>
  async (connection: unknown): Promise<void> => {
    const { ConnectionId: connectionId, UserId: signId, Error: error } = connectionSchema.parse(connection);
    await notePresence(services, event, { connectionId, signId: signId ?? undefined, error });
  };

/**
 * Keeps that a sign came or left. A hint: it may come late, twice, by two ways or in the wrong order. A revoked one that
 * came with an old token is shut out again.
 */
export async function notePresence(
  { store, signalR, now }: PresenceServices,
  event: PresenceEvent,
  { connectionId, signId, error }: Noted,
): Promise<void> {
  if (signId?.startsWith(PERSON)) return;
  const atMs = now();
  const isRevoked = await store.transaction(async (tx) => {
    if (event === 'disconnected') {
      await tx.presence.forgetClosed(atMs - FORGET_CLOSED_AFTER_MS);
      await tx.presence.disconnected({ connectionId, atMs, ended: connectionEndOf(error) });
    } else if (signId !== undefined) {
      await tx.presence.connected({ connectionId, signId, atMs });
      return ((await tx.signs.sign(signId))?.revokedAtMs ?? null) !== null;
    }
    return false;
  });
  if (isRevoked && signId !== undefined) await shutOut({ signalR }, signId);
}
