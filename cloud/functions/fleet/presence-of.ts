import type { KnownOfSign } from '../../domain/sign-state.ts';
import type { Transaction } from '../../store/port.ts';

export type Presence = Pick<KnownOfSign, 'connections' | 'lastEnd'>;

/** What is known of the connections of these signs. */
export async function presenceOf(
  tx: Transaction,
  signIds: readonly string[],
): Promise<(signId: string) => Presence> {
  const counts = await tx.presence.openCounts(signIds);
  const connections = new Map(counts.map((count) => [count.signId, count.connections]));
  const alone = signIds.filter((signId) => !connections.has(signId));
  // With each report of each sign: nothing is asked of nobody.
  const ends = alone.length === 0 ? [] : await tx.presence.lastEnds(alone);
  const lastEnds = new Map(ends.map(({ signId, how, atMs }) => [signId, { how, atMs }]));
  return (signId) => ({ connections: connections.get(signId) ?? 0, lastEnd: lastEnds.get(signId) });
}
