import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { listedMessageSchema } from '../../../cloud/contracts/message.ts';
import { type PersonRequest, personMadeSchema } from '../../../cloud/contracts/person.ts';
import { type CloudProcess, startCloudProcess } from '../cloud-process.ts';
import { signInByHand, type WireSign } from '../wire-sign.ts';
import { MARKS, PEOPLE_INSIDE, type Realm, type Shop } from './marks.ts';
import { type Obeyed, obeyed } from './obey.ts';
import { LOOSE_SENSOR, type Own, openShop, ownerOf, reportOf, SHARED_GROUP, shopIds } from './shops.ts';

export type MadePerson = { readonly personId: string; readonly key: string };
export type StagedSign = WireSign & Obeyed;

/** Two stores, the group of each and one of both, a sign in each and one without a place, on a running cloud. */
export type IsolationStage = {
  readonly cloud: CloudProcess;
  readonly own: Own;
  readonly ingestKeys: Readonly<Record<Shop, string>>;
  readonly signs: Readonly<Record<Realm, StagedSign>>;
  /** A viewer of each store. */
  readonly viewers: Readonly<Record<Shop, MadePerson>>;
  person(request: PersonRequest): Promise<MadePerson>;
  /** A new sign in this realm, to be spoilt. */
  freshSign(realm: Realm): Promise<WireSign>;
  /** An operator's message to the group of each. */
  readonly messages: Readonly<Record<Exclude<Realm, 'loose'>, string>>;
  /** A new one, to be spoilt. */
  freshMessage(realm: Exclude<Realm, 'loose'>): Promise<string>;
  /** What nobody outside of a realm may learn. */
  secretsOf(realm: Realm): readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
};

export const groupOf = (realm: Realm): string | null =>
  realm === 'loose' ? null : realm === 'shared' ? SHARED_GROUP : shopIds(realm).storeGroupId;

export const signDescriptionOf = (realm: Realm) => ({
  name: `${MARKS[realm]} sign`,
  settings: { board: 'manager', answering: 'here', words: { open: `${MARKS[realm]} welcome` } },
});

/** The store that stands largest on a sign of this realm. */
const shownStoreOf = (realm: Realm): string | null =>
  realm === 'loose' ? null : shopIds(realm === 'shared' ? 'bravo' : realm).storeId;

export async function isolationStage(): Promise<IsolationStage> {
  const cloud = await startCloudProcess();
  try {
    return await staged(cloud);
  } catch (error) {
    await cloud[Symbol.asyncDispose]();
    throw error;
  }
}

async function staged(cloud: CloudProcess): Promise<IsolationStage> {
  const own = ownerOf(cloud);
  const ingestKeys = { alpha: await openShop(cloud, 'alpha'), bravo: await openShop(cloud, 'bravo') };
  await own('POST', API_PATHS.sensors, { sensorId: LOOSE_SENSOR });
  const person = async (request: PersonRequest): Promise<MadePerson> => {
    const made = personMadeSchema.parse(await (await own('POST', API_PATHS.people, request)).json());
    return { key: made.key, personId: made.person.personId };
  };
  const viewerOf = (shop: Shop) =>
    person({ name: `${MARKS[shop]} keeper`, role: 'viewer', storeIds: [shopIds(shop).storeId] });
  const viewers = { alpha: await viewerOf('alpha'), bravo: await viewerOf('bravo') };
  // The last admin could not be removed.
  await person({ name: 'Stays', role: 'admin', storeIds: null });

  const freshSign = async (realm: Realm) => {
    const sign = await signInByHand(cloud.ready().httpUrl);
    if (realm !== 'loose')
      await own('PUT', API_PATHS.assignment(sign.signId), { storeGroupId: groupOf(realm) });
    return sign;
  };
  const stagedSign = async (realm: Realm): Promise<StagedSign> => {
    const sign = await freshSign(realm);
    await own('PUT', API_PATHS.fleetSign(sign.signId), signDescriptionOf(realm));
    const report = reportOf(MARKS[realm], groupOf(realm), shownStoreOf(realm));
    return { ...sign, ...(await obeyed(own, sign, report, MARKS[realm])) };
  };
  const signs = {
    alpha: await stagedSign('alpha'),
    bravo: await stagedSign('bravo'),
    shared: await stagedSign('shared'),
    loose: await stagedSign('loose'),
  };
  await moveAway(own, await freshSign('bravo'));
  const freshMessage = async (realm: Realm) => {
    const body = { text: `${MARKS[realm]} words`, storeGroupIds: [groupOf(realm)], forMinutes: 10_080 };
    const sent = await own('POST', API_PATHS.messages, body);
    return listedMessageSchema.parse(await sent.json()).messageId;
  };
  const messages = {
    alpha: await freshMessage('alpha'),
    bravo: await freshMessage('bravo'),
    shared: await freshMessage('shared'),
  };
  return {
    cloud,
    own,
    ingestKeys,
    signs,
    viewers,
    person,
    freshSign,
    messages,
    freshMessage,
    secretsOf: (realm) => [
      MARKS[realm],
      signs[realm].signId,
      signs[realm].commandId,
      signs[realm].screenshotId,
      ...(realm === 'loose' ? [] : [messages[realm]]),
      ...(realm === 'alpha' || realm === 'bravo'
        ? [String(PEOPLE_INSIDE[realm]), ingestKeys[realm], viewers[realm].personId]
        : []),
    ],
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

/** What a sign showed in its old place is nothing for those of its new one. */
async function moveAway(own: Own, sign: WireSign): Promise<void> {
  await obeyed(own, sign, reportOf('moved', groupOf('bravo'), shownStoreOf('bravo')), 'moved');
  await own('PUT', API_PATHS.assignment(sign.signId), { storeGroupId: groupOf('alpha') });
}
