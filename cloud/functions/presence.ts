import * as z from 'zod';
import type { Services } from './services.ts';

const FORGET_CLOSED_AFTER_MS = 24 * 3_600_000;

const connectionSchema = z.object({ ConnectionId: z.string().min(1), UserId: z.string().nullish() });

/** A sign came onto the hub or left it. A hint: it may come late, twice or in the wrong order. */
export const presence =
  ({ store, now }: Services) =>
  (event: 'connected' | 'disconnected') =>
  async (connection: unknown): Promise<void> => {
    const { ConnectionId: connectionId, UserId: signId } = connectionSchema.parse(connection);
    const atMs = now();
    await store.transaction(async (tx) => {
      if (event === 'disconnected') {
        await tx.presence.forgetClosed(atMs - FORGET_CLOSED_AFTER_MS);
        await tx.presence.disconnected({ connectionId, atMs });
      } else if (typeof signId === 'string') {
        await tx.presence.connected({ connectionId, signId, atMs });
      }
    });
  };
