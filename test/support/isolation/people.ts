import { signInWith } from '../sign-in-with.ts';
import { bearer, type CallerMakers, caller, type Headers, type IsolationCaller } from './caller.ts';
import { MARKS, type Realm } from './marks.ts';
import type { Standing } from './rules.ts';
import { shopIds } from './shops.ts';
import type { IsolationStage, MadePerson } from './stage.ts';

export type Post = Pick<Extract<Standing, { kind: 'person' }>, 'role' | 'shops' | 'self'>;

const ALL_REALMS: readonly Realm[] = ['alpha', 'bravo', 'shared', 'loose'];
const FOREIGN_PAGE = 'https://elsewhere.example';

/** With a session in a browser, on a page of our own unless told otherwise. */
const signedIn =
  (post: Post, from?: string) =>
  async (stage: IsolationStage): Promise<IsolationCaller> => {
    const { httpUrl } = stage.cloud.ready();
    const person = await personOf(stage, post);
    const session = async (): Promise<Headers> => ({
      cookie: (await signInWith(httpUrl, person.key)).cookie,
      origin: from ?? new URL(httpUrl).origin,
    });
    const standing = { kind: 'person', ...post, isForeignPage: from !== undefined } as const;
    const more = { person, hears: heardBy(post.shops), freshHeaders: session };
    return caller(standing, await session(), more);
  };

const withKey =
  (post: Post) =>
  async (stage: IsolationStage): Promise<IsolationCaller> => {
    const person = await personOf(stage, post);
    return caller({ kind: 'person', ...post }, bearer(person.key), { person, hears: heardBy(post.shops) });
  };

const owner = async ({ cloud }: IsolationStage): Promise<IsolationCaller> =>
  caller(
    { kind: 'person', role: 'admin', shops: 'all' },
    { 'x-functions-key': cloud.ready().hostKey },
    { hears: ALL_REALMS },
  );

export const OWNER_NAME = "the owner's key";

/** People with a session, an access key or the owner's key. */
export const PEOPLE: CallerMakers = {
  [OWNER_NAME]: owner,
  'an admin of all stores': signedIn({ role: 'admin', shops: 'all' }),
  'a viewer of all stores': signedIn({ role: 'viewer', shops: 'all' }),
  'the access key of a manager of all stores': withKey({ role: 'manager', shops: 'all' }),
  'an admin of alpha': signedIn({ role: 'admin', shops: ['alpha'], self: 'alpha' }),
  'a manager of alpha': signedIn({ role: 'manager', shops: ['alpha'] }),
  'a viewer of alpha': signedIn({ role: 'viewer', shops: ['alpha'] }),
  'the access key of an admin of alpha': withKey({ role: 'admin', shops: ['alpha'] }),
  'an admin of bravo': signedIn({ role: 'admin', shops: ['bravo'], self: 'bravo' }),
  'an admin of both stores': signedIn({ role: 'admin', shops: ['alpha', 'bravo'] }),
  'a page of another site, in the session of an admin': signedIn(
    { role: 'admin', shops: 'all' },
    FOREIGN_PAGE,
  ),
};

export function personOf(stage: IsolationStage, { role, shops }: Post): Promise<MadePerson> {
  const storeIds = shops === 'all' ? null : shops.map((shop) => shopIds(shop).storeId);
  // Who has several stores is known in each of them, and is no secret of either.
  const mark = shops !== 'all' && shops.length === 1 && shops[0] !== undefined ? `${MARKS[shops[0]]} ` : '';
  return stage.person({ name: `${mark}${role}`, role, storeIds });
}

export const heardBy = (shops: Post['shops']): readonly Realm[] =>
  shops === 'all' ? ALL_REALMS : [...shops, 'shared'];
