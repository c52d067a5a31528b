import * as z from 'zod';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { DOORS, storeIdOf } from './chain.ts';
import type { BenchCloud } from './ingest-cloud.ts';
import type { IngestLoad } from './ingest-load.ts';

const HOUR_MS = 3_600_000;

const historySchema = z.object({ steps: z.array(z.object({ in: z.number(), out: z.number() })) });
const rejectedSchema = z.object({ rejected: z.array(z.unknown()) });

/** Throws unless every store has exactly the people of the messages that were acknowledged, by the owner's API. */
export async function checkCountedExactly(cloud: BenchCloud, load: IngestLoad): Promise<void> {
  const acknowledged = await load.acknowledged();
  const { rejected } = rejectedSchema.parse(await cloud.call('GET', API_PATHS.rejected));
  if (rejected.length > 0) throw new Error(`${rejected.length} messages were refused`);
  const from = new Date(Date.now() - HOUR_MS).toISOString();
  for (let store = 0; store < acknowledged.length / DOORS; store += 1) {
    const path = `${API_PATHS.history(storeIdOf(store))}?from=${from}&step=minute`;
    const { steps } = historySchema.parse(await cloud.call('GET', path));
    const expected = peopleOf(acknowledged.slice(store * DOORS, (store + 1) * DOORS));
    const sum = (people: 'in' | 'out') => steps.reduce((before, step) => before + step[people], 0);
    const found = { in: sum('in'), out: sum('out') };
    if (found.in === expected.in && found.out === expected.out) continue;
    throw new Error(
      `${storeIdOf(store)}: expected ${expected.in} in and ${expected.out} out, found ${found.in} and ${found.out}`,
    );
  }
}

/** Of so many messages of each device: in turns one comes and one goes, and one comes first. */
const peopleOf = (messages: readonly number[]) => ({
  in: messages.reduce((sum, count) => sum + Math.ceil(count / 2), 0),
  out: messages.reduce((sum, count) => sum + Math.floor(count / 2), 0),
});
