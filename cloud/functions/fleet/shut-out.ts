import type { Services } from '../services.ts';

/** Takes a revoked sign off the hub: whatever token it still holds, it is told nothing more. */
export async function shutOut({ signalR }: Pick<Services, 'signalR'>, signId: string): Promise<void> {
  await signalR.placeUser(signId, []);
  await signalR.closeConnections(signId, 'This sign was revoked.');
}
