import { API_PATHS } from '../../../cloud/contracts/http.ts';
import {
  type ConsoleNegotiated,
  consoleNegotiatedSchema,
  PERSON_HEADER,
} from '../../../cloud/contracts/person.ts';
import { type Listener, listenOnHub, signInByHand } from '../wire-sign.ts';
import type { Realm, Shop } from './marks.ts';
import { heardBy, type Post, personOf } from './people.ts';
import { shopIds } from './shops.ts';
import { groupOf, type IsolationStage } from './stage.ts';

/** Somebody on the hub, and what they may hear of there. */
export type HubListener = Listener & {
  readonly name: string;
  /** The sign that it is; people are none. */
  readonly signId?: string;
  /** Whose counts it hears. */
  readonly shops: readonly Shop[];
  /** Hears how all signs are, also those of no store. */
  readonly isForAll?: boolean;
  /** Of whom it may learn. */
  readonly hears: readonly Realm[];
};

const ofSign = (shops: readonly Shop[]) => ({ shops, hears: shops });

/** Signs of each realm; one that was moved and comes with its old token; one that asks to be let into another group. */
export async function signListeners(stage: IsolationStage): Promise<readonly HubListener[]> {
  const { signs, cloud, own } = stage;
  const { httpUrl } = cloud.ready();
  const staged = async (name: string, realm: Realm, hears: readonly Realm[]): Promise<HubListener> => {
    // Negotiated anew, for a sign that was moved since is placed by then.
    const { negotiated, signId } = await signInByHand(httpUrl, signs[realm].identity);
    const shops = hears.filter((one) => one === 'alpha' || one === 'bravo');
    return { name, signId, shops, hears, ...(await listenOnHub(negotiated)) };
  };
  const old = await stage.freshSign('bravo');
  const { negotiated } = await signInByHand(httpUrl, old.identity);
  await own('PUT', API_PATHS.assignment(old.signId), { storeGroupId: groupOf('alpha') });
  const curious = await stage.freshSign('alpha');
  const asking = await listenOnHub((await signInByHand(httpUrl, curious.identity)).negotiated);
  for (const method of ['JoinGroup', 'joinGroup', 'AddToGroup', 'addToGroup'])
    await asking.connection.invoke(method, `group:${groupOf('bravo')}`).then(
      () => Promise.reject(new Error(`${method} was not refused`)),
      () => undefined,
    );
  return [
    await staged('a sign of alpha', 'alpha', ['alpha']),
    await staged('a sign of bravo', 'bravo', ['bravo']),
    await staged('a sign of both stores', 'shared', ['alpha', 'bravo', 'shared']),
    await staged('a sign without a place', 'loose', ['loose']),
    {
      name: 'a sign that was moved from bravo to alpha, with its old token',
      signId: old.signId,
      ...ofSign(['alpha']),
      ...(await listenOnHub(negotiated)),
    },
    { name: 'a sign of alpha that asked to join', signId: curious.signId, ...ofSign(['alpha']), ...asking },
  ];
}

/** People who watch; one whose stores were changed comes with the old token. */
export async function watchers(stage: IsolationStage): Promise<readonly HubListener[]> {
  const watching = async (name: string, post: Post): Promise<HubListener> => ({
    name,
    shops: post.shops === 'all' ? ['alpha', 'bravo'] : post.shops,
    isForAll: post.shops === 'all',
    hears: heardBy(post.shops),
    ...(await listenOnHub((await negotiatedAs(stage, post)).info)),
  });
  const { personId, info } = await negotiatedAs(stage, { role: 'viewer', shops: ['bravo'] });
  await stage.own('PUT', API_PATHS.person(personId), {
    role: 'viewer',
    storeIds: [shopIds('alpha').storeId],
  });
  return [
    await watching('a viewer of alpha', { role: 'viewer', shops: ['alpha'] }),
    await watching('a viewer of bravo', { role: 'viewer', shops: ['bravo'] }),
    await watching('a manager of both stores', { role: 'manager', shops: ['alpha', 'bravo'] }),
    await watching('an admin of all stores', { role: 'admin', shops: 'all' }),
    {
      name: 'a viewer who had bravo and has alpha now, with the old token',
      shops: ['alpha'],
      hears: heardBy(['alpha']),
      ...(await listenOnHub(info)),
    },
  ];
}

/** Who was taken off the hub, and comes back with the token of before. */
export async function outcasts(stage: IsolationStage): Promise<readonly HubListener[]> {
  const revoked = await stage.freshSign('bravo');
  const { negotiated } = await signInByHand(stage.cloud.ready().httpUrl, revoked.identity);
  await stage.own('POST', API_PATHS.revokeSign(revoked.signId), {});
  const removed = await negotiatedAs(stage, { role: 'admin', shops: 'all' });
  await stage.own('DELETE', API_PATHS.person(removed.personId));
  const back = async (name: string, info: ConsoleNegotiated): Promise<HubListener[]> => {
    const listener = await listenOnHub(info).catch(() => undefined);
    return listener === undefined ? [] : [{ name, shops: [], hears: [], ...listener }];
  };
  return [
    ...(await back('a sign that was revoked, with its old token', negotiated)),
    ...(await back('a person who was removed, with the old token', removed.info)),
  ];
}

async function negotiatedAs(stage: IsolationStage, post: Post) {
  const { personId, key } = await personOf(stage, post);
  const answer = await fetch(stage.cloud.ready().httpUrl + API_PATHS.consoleNegotiate, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      [PERSON_HEADER]: personId,
      'content-type': 'application/json',
    },
    body: '{}',
  });
  return { personId, info: consoleNegotiatedSchema.parse(await answer.json()) };
}
