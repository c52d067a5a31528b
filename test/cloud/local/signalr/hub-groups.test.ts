import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openPlatformDatabase } from '../../../../cloud/local/state/open-platform-database.ts';
import { CONNECTIONS, HUB_GROUPS, HUB_USERS, HubModel, RealHub } from '../../../support/hub-model.ts';

const RUNS = Number(process.env.VITRINE_HUB_RUNS ?? 300);
const database = openPlatformDatabase(join(mkdtempSync(join(tmpdir(), 'vitrine-hub-')), 'platform.db'));
// The disk itself is not asked here, only what is written to it.
database.exec('pragma synchronous = off');
afterAll(() => {
  const file = database.location();
  database.close();
  if (file !== null) rmSync(join(file, '..'), { recursive: true });
});

const index = fc.nat(CONNECTIONS - 1);
const user = fc.constantFrom(...HUB_USERS);
const group = fc.constantFrom(...HUB_GROUPS);
const ttl = fc.constantFrom(undefined, undefined, 0, 1, 60);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('add'), user, group, ttl }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('say', 'sayButOne'), group }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('enter', 'enter', 'exit'), index, group }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('connect', 'disconnect'), index }) },
  fc.record({ what: fc.constant('leaveAll'), index }),
  fc.record({ what: fc.constant('remove'), user, group }),
  fc.record({ what: fc.constantFrom('removeAll', 'sayToUser'), user }),
  fc.record({ what: fc.constant('wait'), ms: fc.constantFrom(500, 1_000, 60_000) }),
  { weight: 2, arbitrary: fc.record({ what: fc.constant('restart') }) },
);
type Step = {
  readonly what: string;
  readonly index?: number;
  readonly user?: string;
  readonly group?: string;
  readonly ttl?: number | undefined;
  readonly ms?: number;
};

/** Does the same to both; what they answer must be the same. */
async function take(
  { what, index = 0, user = '', group = '', ttl, ms = 0 }: Step,
  real: RealHub,
  model: HubModel,
) {
  const { hub } = real;
  switch (what) {
    case 'connect':
      if (real.open.has(index)) return;
      real.connect(index);
      return model.connect(index);
    case 'disconnect':
      real.disconnect(index);
      return model.disconnect(index);
    case 'leaveAll':
      hub.removeConnectionFromAll(`c${index}`);
      return model.removeConnectionFromAll(index);
    case 'enter':
      return expect(hub.addConnection(`c${index}`, group)).toBe(model.addConnection(index, group));
    case 'exit':
      return expect(hub.removeConnection(`c${index}`, group)).toBe(model.removeConnection(index, group));
    case 'add':
      await hub.addUser(user, group, ttl);
      return model.addUser(user, group, ttl);
    case 'remove':
      await hub.removeUser(user, group);
      return model.removeUser(user, group);
    case 'removeAll':
      await hub.removeUserFromAll(user);
      return model.removeUserFromAll(user);
    case 'say':
    case 'sayButOne': {
      const [words, spared] = [`${what} ${group}`, what === 'say' ? undefined : 0];
      const excluded = spared === undefined ? undefined : new Set([`c${spared}`]);
      hub.send({ target: 'news', arguments: [words], groupName: group }, excluded);
      return model.say(words, (index, groups) => groups.has(group) && index !== spared);
    }
    case 'sayToUser':
      hub.send({ target: 'news', arguments: [user], userId: user });
      return model.say(user, (index) => model.isOf(index, user));
    case 'wait':
      real.wait(ms);
      return model.wait(ms);
    default:
      real.restart();
      return model.restart();
  }
}

const wordsIn = (record: string): unknown => JSON.parse(record).arguments[0];

test('whatever comes, goes, joins, leaves and restarts, everyone hears exactly what is for them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      database.exec('delete from user_groups');
      const real = new RealHub(database);
      const model = new HubModel();
      for (let index = 0; index < CONNECTIONS; index += 1)
        await take({ what: 'connect', index }, real, model);
      for (const one of steps) await take(one, real, model);

      for (const group of HUB_GROUPS) {
        await take({ what: 'say', group }, real, model);
        const isThere = [...model.open.values()].some((groups) => groups.has(group));
        expect(real.hub.has({ kind: 'group', name: group })).toBe(isThere);
        for (const user of HUB_USERS) {
          expect(real.hub.userIsIn(user, group)).toBe(model.userIsIn(user, group));
        }
      }
      await nextTurn();
      const heard = [...real.open].map(([index, connection]) => [index, connection.heard.map(wordsIn)]);
      expect(heard.sort()).toEqual([...model.heard].filter(([index]) => model.open.has(index)).sort());
    }),
    { numRuns: RUNS },
  );
});
