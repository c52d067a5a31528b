import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { auditSchema } from '../../cloud/contracts/audit.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import {
  type ListedMessage,
  listedMessageSchema,
  listedMessagesSchema,
  messageReceiptsSchema,
} from '../../cloud/contracts/message.ts';
import { type PersonRequest, personMadeSchema } from '../../cloud/contracts/person.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { type FollowingSign, followAsSign } from '../support/following-sign.ts';

const WITHIN = { timeout: 60_000, interval: 50 };

let cloud: CloudProcess;
let mayor: FollowingSign;
let other: FollowingSign;
let via: FollowingSign;
beforeAll(async () => {
  cloud = await startCloudProcess();
  await cloud.putStore('calle-mayor', calleMayor({ storeGroups: ['mayor'] }));
  const doors = [{ id: 'street', name: 'Street', sensors: [{ id: 'via-1' }] }];
  await cloud.putStore('gran-via', calleMayor({ storeGroups: ['via'], doors }));
  mayor = await signIn('mayor', 'Passage');
  other = await signIn('mayor', 'Window');
  via = await signIn('via', 'Hall');
}, 120_000);
afterAll(async () => {
  for (const sign of [mayor, other, via]) sign?.[Symbol.dispose]();
  await cloud?.[Symbol.asyncDispose]();
});

/** A sign that was given a place and a name, and says that it shows it. */
async function signIn(storeGroupId: string, name: string): Promise<FollowingSign> {
  const sign = await followAsSign(cloud.ready().httpUrl);
  const signId = await vi.waitUntil(() => {
    const state = sign.state();
    return state.kind === 'unassigned' && state.signId;
  }, WITHIN);
  await cloud.call('PUT', API_PATHS.fleetSign(signId), { name, settings: { board: 'manager' } });
  await cloud.call('PUT', API_PATHS.assignment(signId), { storeGroupId });
  await vi.waitUntil(() => sign.state().kind === 'following', WITHIN);
  return sign;
}

const textsOn = (sign: FollowingSign): readonly string[] => {
  const state = sign.state();
  return state.kind === 'following' ? (state.messages ?? []).map(({ text }) => text) : [];
};
const asked = (text: string, storeGroupIds: readonly string[] | null) => ({
  text,
  storeGroupIds,
  forMinutes: 30,
});
async function says(text: string, storeGroupIds: readonly string[] | null): Promise<ListedMessage> {
  const answer = await cloud.call('POST', API_PATHS.messages, asked(text, storeGroupIds));
  expect(answer.status).toBe(201);
  return listedMessageSchema.parse(await answer.json());
}
const takenBack = async (messageId: string) =>
  listedMessageSchema.parse(await (await cloud.call('DELETE', API_PATHS.message(messageId))).json());
const receiptsOf = async (messageId: string) =>
  messageReceiptsSchema.parse(await (await cloud.call('GET', API_PATHS.message(messageId))).json());

test('what an operator says to one group stands on its signs and on no other, until it is taken back', async () => {
  const { messageId } = await says('Till 3 closes', ['mayor']);
  await vi.waitUntil(() => textsOn(mayor).length === 1 && textsOn(other).length === 1, WITHIN);
  expect(textsOn(mayor)).toEqual(['Till 3 closes']);

  const painted = async () => {
    const receipts = await receiptsOf(messageId);
    return receipts.message.painted === 2 && receipts;
  };
  const { signs, message } = await vi.waitUntil(painted, WITHIN);
  expect(message.meant).toBe(2);
  expect(new Set(signs.map(({ name }) => name))).toEqual(new Set(['Passage', 'Window']));
  for (const sign of signs) expect(sign).toMatchObject({ paintedAtMs: expect.any(Number), why: '' });
  for (const { paintedAtMs } of signs) expect(paintedAtMs).toBeGreaterThanOrEqual(message.sentAtMs);

  // What comes after it is heard in order: the other group was told nothing of it.
  const forVia = await says('Lift is out', ['via']);
  await vi.waitUntil(() => textsOn(via).length > 0, WITHIN);
  expect(textsOn(via)).toEqual(['Lift is out']);

  expect(await takenBack(messageId)).toMatchObject({ ended: { by: 'Owner key' } });
  await vi.waitUntil(() => textsOn(mayor).length === 0 && textsOn(other).length === 0, WITHIN);
  expect((await receiptsOf(messageId)).message).toMatchObject({ meant: 2, painted: 2 });
  await takenBack(forVia.messageId);
  const audit = auditSchema.parse(await (await cloud.call('GET', API_PATHS.audit)).json());
  const ofMessage = audit.rows.filter(({ subject }) => subject === `message:${messageId}`);
  expect(ofMessage.map(({ act }) => act)).toEqual(['message-ended', 'message-sent']);
}, 120_000);

test('what is said to all stands on every sign', async () => {
  const { messageId } = await says('The shop closes in ten minutes', null);
  await vi.waitUntil(() => [mayor, other, via].every((sign) => textsOn(sign).length === 1), WITHIN);
  await takenBack(messageId);
  await vi.waitUntil(() => [mayor, other, via].every((sign) => textsOn(sign).length === 0), WITHIN);
}, 120_000);

test('a manager of one store speaks to its signs alone, and reads no more', async () => {
  const request: PersonRequest = { name: 'Ben', role: 'manager', storeIds: ['gran-via'] };
  const made = personMadeSchema.parse(await (await cloud.call('POST', API_PATHS.people, request)).json());
  const call = (method: string, path: string, body?: object) =>
    fetch(cloud.ready().httpUrl + path, {
      method,
      headers: { authorization: `Bearer ${made.key}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const ofMayor = await says('Till 3 closes', ['mayor']);
  for (const groups of [['mayor'], ['via', 'mayor'], null])
    expect((await call('POST', API_PATHS.messages, asked('Mine', groups))).status).toBe(403);
  expect((await call('GET', API_PATHS.message(ofMayor.messageId))).status).toBe(403);
  expect((await call('DELETE', API_PATHS.message(ofMayor.messageId))).status).toBe(403);
  const own = listedMessageSchema.parse(
    await (await call('POST', API_PATHS.messages, asked('Mine', ['via']))).json(),
  );
  expect(own.by).toBe('Ben');
  await vi.waitUntil(() => textsOn(via).length === 1, WITHIN);
  const { messages } = listedMessagesSchema.parse(await (await call('GET', API_PATHS.messages)).json());
  expect(messages.filter(({ text }) => text === 'Till 3 closes')).toEqual([]);
  expect((await call('DELETE', API_PATHS.message(own.messageId))).status).toBe(200);
  await takenBack(ofMayor.messageId);
}, 120_000);

test('the hundred and first message at once is refused', async () => {
  const sent: string[] = [];
  while (sent.length < 100) sent.push((await says(`Number ${sent.length}`, ['via'])).messageId);
  expect((await cloud.call('POST', API_PATHS.messages, asked('One more', ['mayor']))).status).toBe(429);
  for (const messageId of sent) await takenBack(messageId);
  const { messageId } = await says('One more', ['mayor']);
  await takenBack(messageId);
}, 120_000);

test('a message ends on a sign that has lost its cloud, when its time is over', async () => {
  await says('Till 3 closes', ['mayor']);
  await vi.waitUntil(() => [mayor, other].every((sign) => textsOn(sign).length === 1), WITHIN);
  await cloud.kill();
  mayor.leap(30 * 60_000);
  await vi.waitUntil(() => textsOn(mayor).length === 0, WITHIN);
  expect(mayor.state()).toMatchObject({ kind: 'following', messages: [] });
  expect(textsOn(other)).toEqual(['Till 3 closes']);
}, 120_000);
