import { signalRGroupOf } from '../contracts/hub-targets.ts';
import type { Services } from './services.ts';

/**
 * Puts a sign's user into the one group that the database names, and gives that. Whoever else places it meanwhile,
 * the last to write a group looks once more at what the database says by then.
 */
export async function placeSign(
  { store, signalR }: Pick<Services, 'store' | 'signalR'>,
  signId: string,
): Promise<string | null> {
  const place = () => store.look(async (tx) => (await tx.signs.sign(signId))?.storeGroupId ?? null);
  for (let storeGroupId = await place(); ; ) {
    await signalR.placeUser(signId, storeGroupId === null ? [] : [signalRGroupOf(storeGroupId)]);
    const now = await place();
    if (now === storeGroupId) return storeGroupId;
    storeGroupId = now;
  }
}
