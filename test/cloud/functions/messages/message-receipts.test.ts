import { expect, test } from 'vitest';
import { NOON_MS } from '../../../support/builders.ts';
import { ANNA } from '../../../support/fleet-stage.ts';
import { messageStage } from '../../../support/message-stage.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const MINUTE_MS = 60_000;
const MAYOR = { storeGroupIds: ['mayor'] };

onSqlite('what signs made of a message', (database) => {
  test('is which painted it, and when first', async () => {
    const stage = await messageStage(database);
    const first = await stage.placed('A', 'Passage', 'mayor');
    const second = await stage.placed('B', 'Window', 'mayor');
    const { messageId } = await stage.owner.sends(MAYOR);
    stage.nowMs += 2_000;
    await second.paints([messageId], { ageMs: 500 });
    stage.nowMs += 2_000;
    // A picture that stands still cannot be older than what is on it.
    await first.paints([messageId], { ageMs: 3_600_000 });
    stage.nowMs += 30_000;
    await second.paints([messageId]);
    const { signs, message } = await stage.owner.receipts(messageId);
    expect(signs).toEqual([
      { signId: first.signId, name: 'Passage', paintedAtMs: NOON_MS, why: '' },
      { signId: second.signId, name: 'Window', paintedAtMs: NOON_MS + 1_500, why: '' },
    ]);
    expect(message).toMatchObject({ meant: 2, painted: 2 });
  });

  test('is why the others did not', async () => {
    const stage = await messageStage(database);
    const doors = await stage.placed('A', 'Street door', 'mayor', 'door');
    const asleep = await stage.placed('B', 'Asleep', 'mayor');
    const old = await stage.placed('C', 'Old program', 'mayor');
    const busy = await stage.placed('D', 'Busy', 'mayor');
    const slow = await stage.placed('E', 'Slow', 'mayor');
    const { messageId } = await stage.owner.sends(MAYOR);
    const other = await stage.owner.sends({ ...MAYOR, priority: 'alarm' });
    stage.nowMs += 20_000;
    await doors.paints();
    await asleep.paints([], { asleep: true });
    await old.paints([], { messages: undefined });
    await busy.paints([other.messageId]);
    await slow.paints();
    expect(await stage.owner.whys(messageId)).toEqual({
      'Street door': 'Its door board shows customers no words for staff.',
      Asleep: 'Asleep by its schedule.',
      'Old program': 'Its program does not say which messages it shows.',
      Busy: 'A worse message stands before it.',
      Slow: 'Its glass has not said so yet.',
    });
    // What stands after it is no reason, nor that a glass sleeps which an alarm wakes.
    expect(await stage.owner.whys(other.messageId)).toMatchObject({
      Asleep: 'Its glass has not said so yet.',
      Busy: '',
    });
    const drill = await stage.owner.sends({ ...MAYOR, priority: 'alarm', drill: true });
    expect((await stage.owner.whys(drill.messageId)).Asleep).toBe('Asleep by its schedule.');
    const forAll = await stage.owner.sends({ ...MAYOR, audience: 'everyone' });
    expect((await stage.owner.whys(forAll.messageId))['Street door']).toBe('Its glass has not said so yet.');
    stage.nowMs = NOON_MS + 30 * MINUTE_MS - 1;
    await slow.paints();
    stage.nowMs += 1;
    expect((await stage.owner.whys(messageId)).Slow).toBe('Over before it painted it.');
  });

  test('is that a newer one of the same weight stands before it', async () => {
    const stage = await messageStage(database);
    const busy = await stage.placed('A', 'Busy', 'mayor');
    const first = await stage.owner.sends(MAYOR);
    const next = await stage.owner.sends(MAYOR);
    stage.nowMs += 20_000;
    await busy.paints([next.messageId]);
    expect(await stage.owner.whys(first.messageId)).toEqual({ Busy: 'A newer message stands before it.' });
    const worse = await stage.owner.sends({ ...MAYOR, priority: 'warn' });
    stage.nowMs += 20_000;
    await busy.paints([next.messageId]);
    expect(await stage.owner.whys(worse.messageId)).toEqual({ Busy: 'Its glass has not said so yet.' });
  });

  test('counts words for staff as meant for no board of a door', async () => {
    const stage = await messageStage(database);
    await stage.placed('A', 'Passage', 'mayor');
    const doors = await stage.placed('B', 'Street door', 'mayor', 'door');
    expect(await stage.owner.sends(MAYOR)).toMatchObject({ meant: 1 });
    await doors.paints([], { board: 'door' });
    expect(await stage.owner.sends(MAYOR)).toMatchObject({ meant: 1 });
    expect(await stage.owner.sends({ ...MAYOR, audience: 'everyone' })).toMatchObject({ meant: 2 });
  });

  test('says since when a sign is dark, by the clock of its store', async () => {
    const stage = await messageStage(database);
    const { paints } = await stage.placed('A', 'Passage', 'mayor');
    const { messageId } = await stage.owner.sends({ ...MAYOR, forMinutes: 600 });
    await paints([messageId]);
    const later = await stage.owner.sends({ ...MAYOR, forMinutes: 600 });
    stage.nowMs += 60 * MINUTE_MS;
    expect(await stage.owner.whys(messageId)).toEqual({
      Passage: expect.stringMatching(/^Dark since 12:0\d\.$/),
    });
    expect(await stage.owner.whys(later.messageId)).toEqual({
      Passage: expect.stringMatching(/^Dark since 12:0\d\. \S/),
    });
  });

  test('is kept when it ended before the sign could say that it painted it', async () => {
    const stage = await messageStage(database);
    const painter = await stage.placed('A', 'Passage', 'mayor');
    const other = await stage.placed('B', 'Window', 'mayor');
    const { messageId } = await stage.owner.sends(MAYOR);
    stage.nowMs += 1_000;
    await stage.owner.end(messageId);
    await painter.paints([messageId]);
    await other.paints();
    expect(await stage.owner.whys(messageId)).toEqual({
      Passage: '',
      Window: 'Taken back before it painted it.',
    });
    // What was put up afterwards was never meant.
    stage.nowMs += 1_000;
    await stage.placed('C', 'New', 'mayor');
    expect(await stage.owner.receipts(messageId)).toMatchObject({ message: { meant: 2, painted: 1 } });
    expect(Object.keys(await stage.owner.whys(messageId))).toEqual(['Passage', 'Window']);
  });

  test('is not kept of messages that there are none, or none for that sign', async () => {
    const stage = await messageStage(database);
    const { paints } = await stage.placed('A', 'Passage', 'mayor');
    const { messageId } = await stage.owner.sends({ storeGroupIds: ['via'] });
    await paints([messageId, crypto.randomUUID(), 'No Id \u0000', 'nothing']);
    expect(await stage.owner.receipts(messageId)).toMatchObject({
      signs: [],
      message: { meant: 0, painted: 0 },
    });
    const kept = await database.sql('select * from message_paintings');
    expect(kept).toEqual([]);
  });

  test('stays on record of signs that left since', async () => {
    const stage = await messageStage(database);
    const moved = await stage.placed('A', 'Passage', 'mayor');
    const gone = await stage.placed('B', 'Window', 'mayor');
    const { messageId } = await stage.owner.sends(MAYOR);
    await moved.paints([messageId]);
    stage.nowMs += 1;
    await gone.paints([messageId]);
    await stage.as(ANNA).assignOne(moved.signId, 'via');
    await stage.as(ANNA).revoke(gone.signId);
    expect(await stage.owner.whys(messageId)).toEqual({
      Passage: 'Moved to another place since.',
      Window: 'Revoked since 12:00.',
    });
    expect(await stage.owner.receipts(messageId)).toMatchObject({ message: { meant: 2, painted: 2 } });
  });
});

onSqlite('a report', (database) => {
  test('costs one statement more than before, and one where a message was painted first', async () => {
    const statements: string[] = [];
    const note = (when: 'before' | 'after', statement: string) =>
      void (when === 'before' && statements.push(statement));
    const stage = await messageStage({ ...database, open: () => database.open(undefined, note) });
    const { paints } = await stage.placed('A', 'Passage', 'mayor');
    const askedFor = async (messages: readonly string[]) => {
      statements.length = 0;
      await paints(messages);
      return statements.filter((one) => one.includes('message')).length;
    };
    expect(await askedFor([])).toBe(1);
    const { messageId } = await stage.owner.sends(MAYOR);
    expect(await askedFor([])).toBe(1);
    expect(await askedFor([messageId])).toBe(2);
    expect(await askedFor([messageId])).toBe(1);
  });
});
