import { expect, test } from 'vitest';
import * as z from 'zod';
import { MINUTE_MS } from '../../cloud/domain/store-state.ts';
import type { CommandRecord } from '../../cloud/store/fleet-port.ts';
import type { Rejection } from '../../cloud/store/port.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { onBothEngines } from '../support/store-engines.ts';

const STORE = 'calle-mayor';
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const limits = {
  ledgerBeforeMs: NOON_MS,
  rejectedBeforeMs: NOON_MS,
  connectionsBeforeMs: NOON_MS,
  historyBeforeMs: NOON_MS,
  limit: 100,
};
/** The youngest is just young enough. Whole hours, so that each has a minute and a step of its own. */
const TIMES_MS = [NOON_MS - 3 * HOUR_MS, NOON_MS - 2 * HOUR_MS, NOON_MS - HOUR_MS, NOON_MS];

const namedRowSchema = z.object({ name: z.string() });
const ledgerRowSchema = z.object({ reading_key: z.string() });

const aRejection = (index: number, enqueuedAtMs: number, messageKey = `m${index}`): Rejection => ({
  sensorId: 'street-1',
  reason: 'not-json',
  detail: `${index}`,
  body: new Uint8Array([index]),
  messageKey,
  enqueuedAtMs,
  contentType: null,
});

const aCommand = (index: number, askedAtMs: number): CommandRecord => ({
  commandId: `${index}`,
  placeId: 'sign',
  kind: 'identify',
  by: 'Ana',
  askedAtMs,
  expiresAtMs: askedAtMs + 1,
  status: 'waiting',
  statusAtMs: askedAtMs,
  why: '',
});

onBothEngines('upkeep', (database) => {
  const prune = (difference: Partial<typeof limits> = {}) =>
    database.tx((tx) => tx.upkeep.prune({ ...limits, ...difference }));

  /** One row of each kind for each of the times. */
  const fill = () =>
    database.tx(async (tx) => {
      const { commands, counting, history, pairing, presence, rejected } = tx;
      await counting.claimReadings(
        TIMES_MS.map((enqueuedAtMs, index) => ({ sensorId: 'street-1', key: `${index}`, enqueuedAtMs })),
      );
      for (const [index, atMs] of TIMES_MS.entries()) {
        await rejected.keep([aRejection(index, atMs)], atMs);
        await presence.connected({ connectionId: `${index}`, signId: 'sign', atMs });
        await commands.add([aCommand(index, atMs)]);
        await pairing.addWrongTry({ who: `${index}`, atMs, sinceMs: 0 });
        await tx.people.addWrongKey({ address: `${index}`, atMs, sinceMs: 0 });
        await tx.people.addSession({ sha256: `${index}`, personId: 'p-1', nowMs: 0, expiresAtMs: atMs });
      }
      const one = TIMES_MS.map((atMs) => ({ storeId: STORE, atMs }));
      const [door, people] = [
        { doorId: 'street', street: true },
        { in: 1, out: 0 },
      ];
      await counting.addFlows(one.map((when) => ({ ...when, ...door, ...people })));
      await counting.addAdjustments(one.map((when) => ({ ...when, zoneId: 'store', people: 1 })));
      const corrected = { zoneId: 'store', kind: 'add', people: 1, before: 0, after: 1, why: '' } as const;
      await history.addCorrections(
        one.map((when) => ({ ...when, ...corrected, madeAtMs: NOON_MS, by: null })),
      );
      const raised = { type: 'full', source: 'store', event: 'raised', by: null } as const;
      await history.addAlertEvents(one.map((when) => ({ ...when, ...raised })));
    });

  /** Which of the times are left, by kind. */
  const left = async () => {
    const ledger = await database.sql('select reading_key from ledger order by reading_key');
    const numbers = async (query: string) =>
      (await database.sql(query)).map((row) => Number(namedRowSchema.parse(row).name));
    const tries = await numbers('select who as name from pairing_tries order by who');
    const wrongKeys = await numbers('select who as name from wrong_keys order by who');
    const sessions = await numbers('select sha256 as name from sessions order by sha256');
    return database.tx(async ({ commands, counting, history, presence, rejected }) => {
      const indexes = (times: readonly number[]) => times.map((time) => TIMES_MS.indexOf(time)).sort();
      return {
        tries,
        wrongKeys,
        sessions,
        commands: indexes((await commands.newestOf(['sign'], 10)).map((row) => row.askedAtMs)),
        ledger: ledger.map((row) => Number(ledgerRowSchema.parse(row).reading_key)),
        messages: indexes((await rejected.messagesOf('street-1', 10)).map((row) => row.enqueuedAtMs)),
        rejected: indexes((await rejected.list(10)).map((row) => row.lastSeenAtMs)),
        connections: indexes((await presence.openConnections('sign')).map((row) => row.atMs)),
        doors: indexes((await history.doorMinutes(STORE, 0, NOON_MS * 2)).map((row) => row.minuteMs)),
        zones: indexes((await history.zoneMinutes(STORE, 0, NOON_MS * 2)).map((row) => row.minuteMs)),
        steps: indexes((await counting.flowsOf(STORE, 0, NOON_MS * 2)).map((row) => row.startsAtMs)),
        corrections: indexes((await history.corrections(STORE, 10)).map((row) => row.atMs)),
        alerts: indexes((await history.alertEvents(STORE, 10)).map((row) => row.atMs)),
      };
    });
  };
  const ofEachKind = (indexes: readonly number[]) => ({
    ledger: indexes,
    messages: indexes,
    rejected: indexes,
    connections: indexes,
    doors: indexes,
    zones: indexes,
    steps: indexes,
    corrections: indexes,
    alerts: indexes,
    commands: indexes,
    tries: indexes,
    wrongKeys: indexes,
    sessions: indexes,
  });

  test('forgets what is older than the limits, of each kind, and nothing else', async () => {
    await fill();
    await prune();
    expect(await left()).toEqual(ofEachKind([3]));
  });

  test('forgets no more than asked for at a time, and the oldest first', async () => {
    await fill();
    await prune({ limit: 2 });
    expect(await left()).toEqual(ofEachKind([2, 3]));
    await prune({ limit: 2 });
    expect(await left()).toEqual(ofEachKind([3]));
  });

  test('each kind has a limit of its own', async () => {
    await fill();
    const [, , third = 0] = TIMES_MS;
    await prune({ ledgerBeforeMs: 0, rejectedBeforeMs: third, connectionsBeforeMs: 0 });
    const all = [0, 1, 2, 3];
    const hints = { connections: all, tries: all, wrongKeys: all, sessions: all };
    const rejected = { messages: [2, 3], rejected: [2, 3] };
    expect(await left()).toEqual({ ...ofEachKind([3]), ledger: all, ...hints, ...rejected });
  });

  test('leaves a connection alone whose end was told', async () => {
    await fill();
    await database.tx((tx) => tx.presence.disconnected({ connectionId: '0', atMs: NOON_MS }));
    await prune();
    expect(await database.sql("select 1 from connections where id in ('0', '1')")).toHaveLength(1);
  });

  test('leaves a rejected body alone that is old but was seen again, with its new message only', async () => {
    await fill();
    await database.tx((tx) => tx.rejected.keep([aRejection(0, NOON_MS, 'again')], NOON_MS));
    await prune();
    const { listed, messages } = await database.tx(async ({ rejected }) => ({
      listed: await rejected.list(10),
      messages: await rejected.messagesOf('street-1', 10),
    }));
    expect(listed.map((row) => row.detail).sort()).toEqual(['0', '3']);
    expect(messages.map((message) => message.messageKey).sort()).toEqual(['again', 'm3']);
  });

  test('forgets where a sensor was long ago, and never where it is', async () => {
    const sensorsFrom = (nowMs: number, ids: readonly string[]) => {
      const doors = [{ id: 'street', name: 'Street', sensors: ids.map((id) => ({ id })) }];
      const { today } = aStore();
      return database.tx((tx) => tx.structure.putStore(STORE, calleMayor({ doors }), { today, nowMs }));
    };
    const places = async () =>
      (await database.tx((tx) => tx.structure.placementsOf(['a', 'b'])))
        .map(({ sensorId, untilMs }) => `${sensorId} ${untilMs === null ? 'still' : untilMs - NOON_MS}`)
        .sort();
    await sensorsFrom(NOON_MS, ['a', 'b']);
    await sensorsFrom(NOON_MS + 2, ['b']);
    await sensorsFrom(NOON_MS + 3, []);
    await sensorsFrom(NOON_MS + 4, ['b']);
    expect(await places()).toEqual(['a 2', 'b 3', 'b still']);
    await prune({ historyBeforeMs: NOON_MS + 2 });
    expect(await places()).toEqual(['a 2', 'b 3', 'b still']);
    await prune({ historyBeforeMs: NOON_MS * 2, limit: 1 });
    expect(await places()).toEqual(['b 3', 'b still']);
    await prune({ historyBeforeMs: NOON_MS * 2 });
    expect(await places()).toEqual(['b still']);
  });

  test('is done by the flush: after two months the rejected messages hold 30 days and the ledger 31', async () => {
    let nowMs = NOON_MS;
    const cloud = cloudOn(await database.open(), { now: () => nowMs });
    await cloud.keep('calle-mayor', calleMayor());
    for (let day = 0; day < 60; day += 1) {
      nowMs = NOON_MS + day * DAY_MS;
      await cloud.say({ body: { in: 1 } }, { body: `{"day": ${day}` });
      await cloud.flush();
    }
    const rows = (table: string) => database.sql(`select 1 from ${table}`).then(({ length }) => length);
    expect(await rows('ledger')).toBe(31 + 1);
    expect(await rows('rejected')).toBe(30 + 1);
    expect(await rows('rejected_messages')).toBe(30 + 1);
  });
});
