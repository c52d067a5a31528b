import type { HttpResponseInit } from '@azure/functions';
import { expect, test } from 'vitest';
import { openApiOf } from '../../../../cloud/functions/api/open-api.ts';
import { clockedStore } from '../../../support/clocked-store.ts';
import { ANNA, aHeartbeat, fleetStage } from '../../../support/fleet-stage.ts';
import { ownerCalls } from '../../../support/owner-calls.ts';
import { peopleApi } from '../../../support/people-api.ts';
import { registeredRoutes } from '../../../support/registered-routes.ts';
import { schemaFaults } from '../../../support/schema-faults.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const { paths, components } = openApiOf(registeredRoutes());
const operations = new Map(
  Object.values(paths).flatMap((methods) =>
    Object.values(methods).map((one) => [one.operationId, one] as const),
  ),
);

/** What is not as the description says of an answer: its status, its media type, its body. */
function faultsOf(name: string, { status = 200, headers, jsonBody }: HttpResponseInit): string[] {
  const described = operations.get(name)?.responses[String(status)];
  if (described === undefined) return [`${name} answers ${status}`];
  const given = new Headers(headers as Record<string, string>).get('content-type') ?? 'application/json';
  const media = described.content?.[given];
  if (media === undefined) return [`${name} answers ${given}`];
  // As it goes over the wire: what is undefined is not there.
  const body: unknown = JSON.parse(JSON.stringify(jsonBody));
  const schemas = (media.schema?.allOf ?? [media.schema]).flatMap((one) =>
    typeof one === 'object' ? [one] : [],
  );
  return schemas.flatMap((schema) =>
    schema.properties?.code === undefined || schema.$ref !== undefined
      ? schemaFaults(body, schema, components.schemas, name)
      : schemaFaults(Object(body).code, schema.properties.code, components.schemas, `${name}.code`),
  );
}

onSqlite('what is described', (database) => {
  test('is what is answered about a store', async () => {
    const { cloud, ...store } = await clockedStore(database, '2026-11-21T09:00:00+01:00');
    const owner = ownerCalls(cloud.services);
    const api = peopleApi(cloud.services);
    await store.say({ messageId: 'in', body: { in: 5 } });
    await store.say({ messageId: 'bad', body: 'no reading' });
    const params = { storeId: 'calle-mayor' };
    const from = '2026-11-21T08:00:00+01:00';
    const over = { type: 'over-capacity', source: 'store' };
    const crowd = { kind: 'add', people: 2_000, by: 'Ana' };
    const answers = [
      ['correct', await owner.correct('calle-mayor', crowd)],
      ['correct', await owner.correct('calle-mayor', { kind: 'halve' })],
      ['listCorrections', await owner.corrections('calle-mayor')],
      ['history', await owner.history('calle-mayor', { from })],
      ['history', await owner.history('nowhere', { from })],
      ['drift', await owner.drift('calle-mayor', { nights: '2' })],
      ['acknowledge', await owner.acknowledge('calle-mayor', over)],
      ['shelve', await api.own('shelve', { params, body: { ...over, forMinutes: 5 } })],
      ['listAlerts', await owner.alerts('calle-mayor')],
      ['keepStoreGroup', await owner.putGroup('demo', { dailyReset: { at: '05:00' } })],
      ['readStoreGroup', await owner.readGroup('demo')],
      ['listRejected', await owner.rejected()],
      ['replayRejected', await owner.replay({ sensorId: 'street-1' })],
      ['makeIngestKey', await owner.makeKey('street-1')],
      ['ingest', await owner.push('street-1', { key: 'guess', body: '{}' })],
      ['listSensors', await api.own('listSensors')],
      ['readStore', await api.own('readStore', { params })],
      ['overview', await api.own('overview')],
      ['overview', await api.ask('overview')],
      ['listAudit', await api.own('listAudit')],
      ['makePerson', await api.own('makePerson', { body: { name: 'Ana', role: 'manager' } })],
      ['listPeople', await api.own('listPeople')],
      ['whoAmI', await api.own('whoAmI')],
    ] as const;
    expect(answers.flatMap(([name, answer]) => faultsOf(name, answer))).toEqual([]);
    expect(answers.filter(([, { status = 200 }]) => status >= 400)).toHaveLength(4);
  });

  test('is what is answered about a message', async () => {
    const stage = await fleetStage(database);
    const api = peopleApi(stage.services);
    const sign = await stage.sign('A');
    await stage.as(ANNA).assignOne(sign.signId, 'mayor');
    const body = { text: 'Till 3 closes', storeGroupIds: ['mayor'], forMinutes: 5 };
    const sent = await api.own('sendMessage', { body });
    const params = { messageId: Object(sent.jsonBody).messageId };
    const answers = [
      ['sendMessage', sent],
      ['sendMessage', await api.own('sendMessage', { body: { ...body, storeGroupIds: ['nowhere'] } })],
      ['sendMessage', await api.own('sendMessage', { body: {} })],
      ['heartbeat', await sign.heartbeat()],
      ['listMessages', await api.own('listMessages')],
      ['readMessage', await api.own('readMessage', { params })],
      ['readMessage', await api.own('readMessage', { params: { messageId: 'nothing' } })],
      ['endMessage', await api.own('endMessage', { params })],
      ['endMessage', await api.ask('endMessage', { params })],
    ] as const;
    expect(answers.flatMap(([name, answer]) => faultsOf(name, answer))).toEqual([]);
    expect(answers.filter(([, { status = 200 }]) => status >= 400)).toHaveLength(4);
  });

  test('is what is answered about a sign, and to it', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    const anna = stage.as(ANNA);
    const { signId } = sign;
    const code = await sign.shownCode();
    const answers = [
      ['pairingCode', await sign.code()],
      ['pairingLook', await anna.look('BBBBBBBB')],
      ['pairingLook', await anna.look(code)],
      ['pairingClaim', await anna.claim({ code, name: 'Entrance', storeGroupId: 'mayor' })],
      ['heartbeat', await sign.heartbeat(aHeartbeat())],
      ['heartbeat', await sign.heartbeat({})],
      ['fleetCommands', await anna.command({ signIds: [signId], kind: 'identify' })],
      ['readFleetSign', await anna.read(signId)],
      ['pulledCommands', await sign.commands()],
      ['snapshot', await sign.snapshots()],
      ['challenge', await sign.challenge()],
      ['describeSign', await anna.describe(signId, { name: 'Door', settings: { board: 'door' } })],
      ['fleetAssign', await anna.assign({ signIds: [signId], storeGroupId: 'via' })],
      ['assignment', await anna.assignOne(signId, 'nowhere')],
      ['revokeSign', await anna.revoke(signId)],
      ['heartbeat', await sign.heartbeat(aHeartbeat())],
    ] as const;
    expect(answers.flatMap(([name, answer]) => faultsOf(name, answer))).toEqual([]);
    expect(answers.filter(([, { status = 200 }]) => status >= 400)).toHaveLength(4);
  });

  test('would be seen to differ: by a field more, a field less, or another status', async () => {
    const stage = await fleetStage(database);
    const answer = await (await stage.sign('A')).challenge();
    const { nonce, expiresInSeconds } = Object(answer.jsonBody);
    const other = (jsonBody: object) => faultsOf('challenge', { ...answer, jsonBody });
    expect(other({ nonce, expiresInSeconds })).toEqual([]);
    expect(other({ nonce, expiresInSeconds, more: 1 })).toEqual(['challenge.more: is not described']);
    expect(other({ nonce })).toEqual(['challenge.expiresInSeconds: is missing']);
    expect(faultsOf('challenge', { ...answer, status: 418 })).toEqual(['challenge answers 418']);
  });
});
