import { randomUUID } from 'node:crypto';
import { PERSON_HEADER } from '../../../cloud/contracts/person.ts';
import type { AimName } from './aims.ts';
import { type Sample, sample, type Wanted } from './sample.ts';
import { shopIds } from './shops.ts';

const PEOPLE: readonly AimName[] = ['alpha', 'bravo', 'missing'];
const OWNER = 'p-owner-key';

const requestOf = (aim: AimName) => ({
  name: 'Somebody',
  role: 'viewer' as const,
  storeIds: aim === 'alpha' || aim === 'bravo' ? [shopIds(aim).storeId] : null,
});

/** Somebody of a store; who will be spoilt is there for this call alone. */
async function personIdAt({ stage, aim, opens }: Wanted): Promise<string> {
  if (aim !== 'alpha' && aim !== 'bravo') return `p-${randomUUID()}`;
  if (!opens) return stage.viewers[aim].personId;
  return (await stage.person(requestOf(aim))).personId;
}

const spoiltSession = async ({ caller, opens }: Wanted) => ({
  headers: opens ? await caller.freshHeaders() : {},
});

export const PEOPLE_SAMPLES: Readonly<Record<string, readonly Sample[]>> = {
  whoAmI: [sample(['none'])],
  signOut: [sample(['none'], spoiltSession)],
  signIn: [
    sample(['none', 'missing'], async (wanted) => {
      const key =
        wanted.aim === 'missing'
          ? `vk_${'B'.repeat(43)}`
          : (await wanted.stage.person({ name: 'Newcomer', role: 'viewer', storeIds: null })).key;
      return { ...(await spoiltSession(wanted)), body: { key } };
    }),
  ],
  consoleNegotiate: [
    sample(['none', 'alpha', 'bravo', 'missing'], async (wanted) => {
      const { aim, caller } = wanted;
      const own =
        caller.person?.personId ?? (caller.standing.kind === 'person' ? OWNER : caller.sign?.signId);
      const isOneself = aim === 'none' || (caller.standing.kind === 'person' && caller.standing.self === aim);
      const personId = isOneself ? (own ?? OWNER) : await personIdAt(wanted);
      return { headers: { [PERSON_HEADER]: personId }, body: {} };
    }),
  ],
  listPeople: [sample(['none'])],
  makePerson: [sample(['none', 'alpha', 'bravo'], ({ aim }) => ({ body: requestOf(aim) }))],
  changePerson: [
    sample(PEOPLE, async (wanted) => ({
      params: { personId: await personIdAt(wanted) },
      body: { role: 'admin', storeIds: null },
    })),
  ],
  removePerson: [sample(PEOPLE, async (wanted) => ({ params: { personId: await personIdAt(wanted) } }))],
  listAudit: [sample(['none'])],
};
