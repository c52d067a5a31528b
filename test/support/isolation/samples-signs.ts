import { identityOf, makeKeyPair, signIdOf } from '../../../cloud/client/sign-identity.ts';
import { listedAlertsSchema } from '../../../cloud/contracts/alert.ts';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { SIGN_HEADER } from '../../../cloud/contracts/sign.ts';
import { type AimName, intoRealmOf, realmOf } from './aims.ts';
import { MARKS } from './marks.ts';
import { pictureOf } from './obey.ts';
import { type Sample, type Sent, sample, type Wanted } from './sample.ts';
import { storeIdOf } from './samples-stores.ts';
import { reportOf } from './shops.ts';
import { groupOf, signDescriptionOf } from './stage.ts';

const SIGNS: readonly AimName[] = ['alpha', 'bravo', 'shared', 'loose', 'missing'];
const MOVES: readonly AimName[] = [...SIGNS, 'alpha into bravo', 'bravo into alpha'];

const newIdentity = async () => identityOf(await makeKeyPair());
const newSignId = async () => signIdOf((await newIdentity()).publicKey);

/** The sign that stands where the call aims. */
export async function signIdAt({ stage, aim }: Wanted): Promise<string> {
  const realm = realmOf(aim);
  return realm === undefined ? newSignId() : stage.signs[realm].signId;
}
/** Another one, where the call will spoil it. */
async function spoiltSignIdAt(wanted: Wanted): Promise<string> {
  const realm = realmOf(wanted.aim);
  if (!wanted.opens || realm === undefined) return signIdAt(wanted);
  return (await wanted.stage.freshSign(realm)).signId;
}

const ofSign = (more: Omit<Sent, 'params'> = {}): Sample =>
  sample(SIGNS, async (wanted) => ({ params: { signId: await signIdAt(wanted) }, ...more }));

const isCross = (aim: AimName) => aim === 'alpha into bravo' || aim === 'bravo into alpha';
async function moved(wanted: Wanted) {
  const isSpoilt = isCross(wanted.aim) || wanted.aim === 'loose';
  const signId = await (isSpoilt ? spoiltSignIdAt(wanted) : signIdAt(wanted));
  return { signId, storeGroupId: groupOf(intoRealmOf(wanted.aim)) };
}

/** The code of the sign without a place, or of a new one that the call will spend. */
async function codeFor({ stage, aim, opens }: Wanted): Promise<string> {
  if (aim === 'missing') return 'BCDFGHJK';
  return (opens ? await stage.freshSign('loose') : stage.signs.loose).pairingCode();
}

/** Signed by the caller's own key, or by one that nobody knows. */
async function proved(wanted: Wanted): Promise<Sent> {
  const { stage, caller, opens } = wanted;
  const sign = await signIdAt(wanted);
  const identity = caller.sign?.identity ?? (await newIdentity());
  let nonce = 'made-up';
  if (opens) {
    const answer = await fetch(stage.cloud.ready().httpUrl + API_PATHS.challenge(sign), { method: 'POST' });
    nonce = ((await answer.json()) as { nonce: string }).nonce;
  }
  const assertion = await identity.sign({ audience: 'vitrine', purpose: 'negotiate', sign, nonce });
  return { headers: { [SIGN_HEADER]: sign }, body: { assertion } };
}

export const SIGN_SAMPLES: Readonly<Record<string, readonly Sample[]>> = {
  signs: [
    sample(['none', 'alpha', 'bravo'], async ({ stage, aim }) => {
      const realm = realmOf(aim);
      const { publicKey } = realm === undefined ? await newIdentity() : stage.signs[realm].identity;
      return { body: { publicKey }, implies: [await signIdOf(publicKey)] };
    }),
  ],
  challenge: [ofSign()],
  negotiate: [sample(SIGNS, proved)],
  snapshot: [sample(['none'])],
  pairingCode: [sample(['none'], () => ({ body: {} }))],
  heartbeat: [
    sample(['none'], ({ caller }) => {
      const realm = caller.standing.kind === 'sign' ? realmOf(caller.standing.at) : undefined;
      const mark = realm === undefined ? 'nobody' : MARKS[realm];
      return { body: reportOf(mark, realm === undefined ? null : groupOf(realm), null) };
    }),
  ],
  pulledCommands: [sample(['none'])],
  receipts: [
    sample(['alpha', 'bravo', 'shared', 'loose'], ({ stage, aim }) => {
      const commandId = stage.signs[realmOf(aim) ?? 'loose'].commandId;
      return { body: { commandId, outcome: 'done', why: '' } };
    }),
  ],

  answerAtSign: [
    sample(['alpha', 'bravo', 'missing'], async ({ stage, aim }) => {
      const storeId = storeIdOf(aim);
      if (aim === 'missing') return { body: { storeId, alertKey: 'over-capacity store 1' } };
      const listed = await (await stage.own('GET', API_PATHS.alerts(storeId))).json();
      const over = listedAlertsSchema.parse(listed).alerts.find(({ type }) => type === 'over-capacity');
      return { body: { storeId, alertKey: `over-capacity store ${over?.sinceMs}` } };
    }),
  ],

  screenshotOfMe: [
    sample(['alpha', 'bravo', 'shared', 'loose'], ({ stage, aim }) => {
      const realm = realmOf(aim) ?? 'loose';
      return {
        query: { commandId: stage.signs[realm].screenshotId },
        headers: { 'content-type': 'image/png' },
        bytes: pictureOf(MARKS[realm]),
      };
    }),
  ],

  listFleet: [sample(['none'])],
  listSigns: [sample(['none'])],
  readFleetSign: [ofSign()],
  readScreenshot: [ofSign()],
  describeSign: [
    sample(SIGNS, async (wanted) => {
      const realm = realmOf(wanted.aim);
      const kept = wanted.opens && realm !== undefined ? signDescriptionOf(realm) : undefined;
      const body = kept ?? { name: 'Mine', settings: { board: 'manager' } };
      return { params: { signId: await signIdAt(wanted) }, body };
    }),
  ],
  revokeSign: [
    sample(SIGNS, async (wanted) => ({ params: { signId: await spoiltSignIdAt(wanted) }, body: {} })),
  ],
  fleetCommands: [
    sample(SIGNS, async (wanted) => ({ body: { signIds: [await signIdAt(wanted)], kind: 'reload' } })),
  ],
  fleetAssign: [
    sample(MOVES, async (wanted) => {
      const { signId, storeGroupId } = await moved(wanted);
      return { body: { signIds: [signId], storeGroupId } };
    }),
  ],
  assignment: [
    sample(MOVES, async (wanted) => {
      const { signId, storeGroupId } = await moved(wanted);
      return { params: { signId }, body: { storeGroupId } };
    }),
  ],
  pairingLook: [sample(['none', 'missing'], async (wanted) => ({ body: { code: await codeFor(wanted) } }))],
  pairingClaim: [
    sample(['alpha', 'bravo', 'shared', 'missing'], async (wanted) => {
      const storeGroupId = groupOf(intoRealmOf(wanted.aim));
      return { body: { code: await codeFor(wanted), name: 'Mine', storeGroupId } };
    }),
    sample(['alpha', 'bravo', 'shared'], async (wanted) => ({
      body: { code: await codeFor(wanted), replaces: await spoiltSignIdAt(wanted) },
    })),
  ],
  importTable: [
    sample(['alpha', 'bravo', 'shared'], async (wanted) => ({
      params: { kind: 'signs' },
      query: { dryRun: 'false' },
      headers: { 'content-type': 'text/csv' },
      text: `signId,name\n${await signIdAt(wanted)},${signDescriptionOf(realmOf(wanted.aim) ?? 'loose').name}\n`,
    })),
    sample(['alpha', 'bravo'], async (wanted) => ({
      params: { kind: 'signs' },
      headers: { 'content-type': 'text/csv' },
      text: `signId,name\n${await signIdAt(wanted)},Mine\n`,
    })),
  ],
};
