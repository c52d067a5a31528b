import { randomUUID } from 'node:crypto';
import type { AimName } from './aims.ts';
import { realmOf } from './aims.ts';
import { type Sample, sample, type Wanted } from './sample.ts';
import { groupOf } from './stage.ts';

const GROUPS: readonly AimName[] = ['alpha', 'bravo', 'shared', 'missing'];

const groupAt = (aim: AimName): string => groupOf(realmOf(aim) ?? 'loose') ?? `new-${randomUUID()}`;

/** The message to the group that the call aims at; a new one where the call will spoil it. */
async function messageIdAt({ stage, aim, opens }: Wanted, isSpoilt: boolean): Promise<string> {
  const realm = realmOf(aim);
  if (realm === undefined || realm === 'loose') return randomUUID();
  return opens && isSpoilt ? stage.freshMessage(realm) : stage.messages[realm];
}

export const MESSAGE_SAMPLES: Readonly<Record<string, readonly Sample[]>> = {
  sendMessage: [
    sample(GROUPS, ({ aim }) => ({
      body: { text: 'Till 3 closes', storeGroupIds: [groupAt(aim)], forMinutes: 1 },
    })),
  ],
  listMessages: [sample(['none'])],
  readMessage: [
    sample(GROUPS, async (wanted) => ({ params: { messageId: await messageIdAt(wanted, false) } })),
  ],
  endMessage: [
    sample(GROUPS, async (wanted) => ({ params: { messageId: await messageIdAt(wanted, true) } })),
  ],
};
