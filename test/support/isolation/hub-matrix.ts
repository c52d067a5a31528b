import * as z from 'zod';
import { type HUB_TARGETS, nudgeMessageSchema } from '../../../cloud/contracts/hub-targets.ts';
import type { HubListener } from './hub-listeners.ts';
import type { Realm, Shop } from './marks.ts';
import { shopIds } from './shops.ts';

/** One kind of message, about one thing. */
export type HubTopic = { readonly kind: keyof typeof HUB_TARGETS; readonly of: Realm };

const SHOPS: readonly Shop[] = ['alpha', 'bravo'];
const REALMS: readonly Realm[] = ['alpha', 'bravo', 'shared', 'loose'];

/** What the hub says, of whom. */
export const HUB_TOPICS: readonly HubTopic[] = [
  ...SHOPS.flatMap((of): HubTopic[] => [
    { kind: 'snapshot', of },
    { kind: 'proof', of },
  ]),
  ...REALMS.flatMap((of): HubTopic[] => [
    { kind: 'assignment', of },
    { kind: 'nudge', of },
    { kind: 'fleet', of },
  ]),
];

export type SignIds = Readonly<Record<Realm, { readonly signId: string }>>;

/** Who must hear it, and nobody else, from who may see what (design, 6). */
export function mustHear(listener: HubListener, { kind, of }: HubTopic, signs: SignIds): boolean {
  const storesOf: readonly Shop[] = of === 'shared' ? SHOPS : of === 'loose' ? [] : [of];
  switch (kind) {
    case 'snapshot':
    case 'proof':
      return storesOf.some((shop) => listener.shops.includes(shop));
    case 'assignment':
    case 'nudge':
      return listener.signId === signs[of].signId;
    case 'fleet':
      if (listener.signId !== undefined) return false;
      return listener.isForAll === true || storesOf.some((shop) => listener.shops.includes(shop));
  }
}

/** A nudge of a group names nothing: by these alone it must be heard, and is told from others by how many there were. */
export const mustBeNudged = ({ signId, hears }: HubListener, group: Realm): boolean =>
  signId !== undefined && group !== 'loose' && hears.at(-1) === group;

export const nudgesOf = ({ heard }: HubListener): number =>
  heard.filter((told) => aboutSchema.parse(JSON.parse(told))[0] === 'nudge').length;

const aboutSchema = z.union([
  z.tuple([z.literal('snapshot'), z.object({ content: z.object({ store: z.object({ id: z.string() }) }) })]),
  z.tuple([z.literal('proof'), z.object({ storeId: z.string() })]),
  z.tuple([z.literal('fleet'), z.object({ sign: z.object({ signId: z.string() }) })]),
  z.tuple([z.literal('assignment'), z.unknown()]),
  z.tuple([z.literal('nudge')]),
  z.tuple([z.literal('nudge'), nudgeMessageSchema]),
]);

/** How often a listener has heard of it. What is said to one sign alone is about that sign. */
export const timesHeard = (listener: HubListener, topic: HubTopic, signs: SignIds): number =>
  listener.heard.filter((told) => isAbout(told, topic, signs, listener.signId)).length;

function isAbout(told: string, { kind, of }: HubTopic, signs: SignIds, self: string | undefined): boolean {
  const message = aboutSchema.parse(JSON.parse(told));
  if (message[0] !== kind) return false;
  switch (message[0]) {
    case 'snapshot':
      return (of === 'alpha' || of === 'bravo') && message[1].content.store.id === shopIds(of).storeId;
    case 'proof':
      return (of === 'alpha' || of === 'bravo') && message[1].storeId === shopIds(of).storeId;
    case 'fleet':
      return message[1].sign.signId === signs[of].signId;
    case 'assignment':
    case 'nudge':
      return self === signs[of].signId;
  }
}
