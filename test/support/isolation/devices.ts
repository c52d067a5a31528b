import { bearer, type CallerMakers, caller, type IsolationCaller } from './caller.ts';
import type { Realm, Shop } from './marks.ts';
import type { IsolationStage } from './stage.ts';

const sign =
  (at: Realm, hears: readonly Realm[]) =>
  async ({ signs }: IsolationStage): Promise<IsolationCaller> =>
    caller({ kind: 'sign', at }, bearer(signs[at].negotiated.session.token), { sign: signs[at], hears });
const sensor =
  (at: Shop) =>
  async ({ ingestKeys }: IsolationStage): Promise<IsolationCaller> =>
    caller({ kind: 'sensor', at }, { 'x-api-key': ingestKeys[at] });

/** Signs and sensors, each with what is its own. */
export const DEVICES: CallerMakers = {
  'a sign of alpha': sign('alpha', ['alpha']),
  'a sign of bravo': sign('bravo', ['bravo']),
  'a sign of both stores': sign('shared', ['alpha', 'bravo', 'shared']),
  'a sign without a place': sign('loose', ['loose']),
  'the key of a sensor of alpha': sensor('alpha'),
  'the key of a sensor of bravo': sensor('bravo'),
};
