import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { type HubListener, outcasts, signListeners, watchers } from '../support/isolation/hub-listeners.ts';
import {
  HUB_TOPICS,
  type HubTopic,
  mustBeNudged,
  mustHear,
  nudgesOf,
  timesHeard,
} from '../support/isolation/hub-matrix.ts';
import { leaksIn, type Realm } from '../support/isolation/marks.ts';
import { pushed, shopIds } from '../support/isolation/shops.ts';
import { groupOf, type IsolationStage, isolationStage } from '../support/isolation/stage.ts';
import { listenOnHub, signInByHand } from '../support/wire-sign.ts';

/** A proof that is not asked for comes each half minute. */
const WITHIN = { timeout: 60_000 };
const REALMS: readonly Realm[] = ['alpha', 'bravo', 'shared', 'loose'];

let stage: IsolationStage;
const listeners: HubListener[] = [];
beforeAll(async () => {
  stage = await isolationStage();
});
afterAll(async () => {
  for (const { connection } of listeners) await connection.stop();
  await stage?.[Symbol.asyncDispose]();
});

const nameOf = ({ kind, of }: HubTopic) => `${kind} of ${of}`;
const hearersOf = (topic: HubTopic) =>
  listeners.filter((one) => timesHeard(one, topic, stage.signs) > 0).map(({ name }) => name);
const expectedOf = (topic: HubTopic) =>
  listeners.filter((one) => mustHear(one, topic, stage.signs)).map(({ name }) => name);
const table = (of: (topic: HubTopic) => readonly string[]) =>
  Object.fromEntries(HUB_TOPICS.map((topic) => [nameOf(topic), of(topic)]));

/** Causes every kind of message about everything, and waits until who must hear it has heard it so often. */
async function sayAll(times: number): Promise<void> {
  for (const shop of ['alpha', 'bravo'] as const)
    await pushed(stage.cloud, shopIds(shop).sensorId, stage.ingestKeys[shop], { in: 1 });
  for (const realm of REALMS) {
    const { signId } = stage.signs[realm];
    await stage.own('POST', API_PATHS.fleetCommands, { signIds: [signId], kind: 'identify' });
    await stage.own('PUT', API_PATHS.assignment(signId), { storeGroupId: groupOf(realm) });
  }
  await heardBy(
    HUB_TOPICS.filter(({ kind }) => kind !== 'proof'),
    times,
  );
}

const heardBy = (topics: readonly HubTopic[], times: number) =>
  expect
    .poll(
      () =>
        topics.flatMap((topic) =>
          listeners
            .filter((one) => mustHear(one, topic, stage.signs) && timesHeard(one, topic, stage.signs) < times)
            .map(({ name }) => `${name}: ${nameOf(topic)}`),
        ),
      WITHIN,
    )
    .toEqual([]);

/** As if the last proofs were sent long ago. */
function ageProofs(): void {
  const database = new DatabaseSync(join(stage.cloud.dataDir, 'data/vitrine.db'), { timeout: 10_000 });
  database.exec('update stores set proof_sent_at_ms = proof_sent_at_ms - 60000');
  database.close();
}

describe('on the hub', () => {
  test('each message is heard by those whom it is for and by nobody else', async () => {
    listeners.push(...(await signListeners(stage)), ...(await watchers(stage)), ...(await outcasts(stage)));
    await sayAll(1);
    ageProofs();
    await heardBy(
      HUB_TOPICS.filter(({ kind }) => kind === 'proof'),
      1,
    );
    // Each connection hears in order: who has heard this has heard all that was said to it before.
    await sayAll(2);
    expect(table(hearersOf)).toEqual(table(expectedOf));
    for (const { name, heard, hears } of listeners) {
      const hidden = REALMS.filter((realm) => !hears.includes(realm)).flatMap(stage.secretsOf);
      expect(leaksIn(heard.join('\n'), hidden, []), name).toEqual([]);
    }
  });

  test('that an operator says something is heard by the signs of those groups and by nobody else', async () => {
    const before = new Map(listeners.map((one) => [one, nudgesOf(one)]));
    const more = (of: (listener: HubListener) => number) =>
      Object.fromEntries(listeners.map((one) => [one.name, of(one)]));
    const heardSince = () => more((one) => nudgesOf(one) - (before.get(one) ?? 0));
    // Each connection hears in order: a nudge too many of the first round is there before the second one's.
    for (const round of [1, 2]) {
      for (const realm of ['alpha', 'bravo', 'shared'] as const) await stage.freshMessage(realm);
      const expected = more((one) => (REALMS.some((realm) => mustBeNudged(one, realm)) ? round : 0));
      await expect.poll(heardSince, WITHIN).toEqual(expected);
    }
  });

  test('a token opens one hub for one user: changed, made up or of another kind it opens none', async () => {
    const { signs } = stage;
    const { url, accessToken, session } = signs.alpha.negotiated;
    const [head = '', body = '', signature = ''] = accessToken.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const asBravo = { ...claims, 'asrs.s.uid': signs.bravo.signId };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const ownKey = new TextEncoder().encode('a key that is not that of the service');
    const tokens = {
      'of another user': `${head}.${part(asBravo)}.${signature}`,
      'without signature': `${part({ alg: 'none', typ: 'JWT' })}.${part(asBravo)}.`,
      'signed by another key': await new SignJWT(asBravo).setProtectedHeader({ alg: 'HS256' }).sign(ownKey),
      'of a session': session.token,
    };
    for (const [which, token] of Object.entries(tokens))
      await expect(listenOnHub({ url, accessToken: token }), which).rejects.toThrow();
    const otherHub = new URL(url);
    otherHub.searchParams.set('hub', 'other');
    await expect(listenOnHub({ url: otherHub.href, accessToken })).rejects.toThrow();
    const own = await listenOnHub({ url, accessToken });
    await own.connection.stop();
  });

  test('the token of a sign or a person sends nothing and puts nobody into a group', async () => {
    const { signId, negotiated } = stage.signs.alpha;
    const group = encodeURIComponent(`group:${groupOf('bravo')}`);
    const message = JSON.stringify({ target: 'snapshot', arguments: [] });
    for (const [method, path, body] of [
      ['PUT', `groups/${group}/users/${signId}`, undefined],
      ['DELETE', `users/${stage.signs.bravo.signId}/groups`, undefined],
      ['POST', `groups/${group}/:send`, message],
      ['POST', ':send', message],
      ['POST', `users/${stage.signs.bravo.signId}/:send`, message],
    ] as const) {
      const url = `${stage.cloud.ready().httpUrl}/api/hubs/vitrine/${path}?api-version=2022-06-01`;
      const headers = {
        authorization: `Bearer ${negotiated.accessToken}`,
        'content-type': 'application/json',
      };
      const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
      expect(answer.status, path).toBe(401);
    }
  });

  test('a revoked sign is cut at once, refused at every later call, and hears nothing with its old token', async () => {
    const { httpUrl } = stage.cloud.ready();
    const doomed = await stage.freshSign('alpha');
    const old = (await signInByHand(httpUrl, doomed.identity)).negotiated;
    const open = await listenOnHub(old);
    const closed = new Promise<void>((resolve) => open.connection.onclose(() => resolve()));
    await stage.own('POST', API_PATHS.revokeSign(doomed.signId), {});
    await closed;
    const heardBefore = open.heard.length;
    for (const [method, path, body] of [
      ['GET', API_PATHS.snapshots, undefined],
      ['POST', API_PATHS.pairingCode, {}],
      ['GET', API_PATHS.pulledCommands, undefined],
    ] as const)
      expect((await doomed.call(method, path, body)).status, path).toBe(403);
    await expect(signInByHand(httpUrl, doomed.identity)).rejects.toThrow('sign-revoked');
    const back = await listenOnHub(old).catch(() => undefined);
    const witness = await listenOnHub((await signInByHand(httpUrl, stage.signs.alpha.identity)).negotiated);
    await pushed(stage.cloud, shopIds('alpha').sensorId, stage.ingestKeys.alpha, { in: 1 });
    await expect.poll(() => witness.heard.some((told) => told.startsWith('["snapshot"'))).toBe(true);
    expect([...open.heard.slice(heardBefore), ...(back?.heard ?? [])]).toEqual([]);
    await witness.connection.stop();
    await back?.connection.stop();
  });
});
