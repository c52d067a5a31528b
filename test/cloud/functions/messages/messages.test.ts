import { expect, test } from 'vitest';
import { NOON_MS } from '../../../support/builders.ts';
import { messageStage } from '../../../support/message-stage.ts';
import { refusalOf } from '../../../support/owner-calls.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const MINUTE_MS = 60_000;

onSqlite('a message to signs', (database) => {
  test('reaches the signs of its groups and no others, and they are told to ask', async () => {
    const { owner, placed, api } = await messageStage(database);
    const mayor = await placed('A', 'Passage', 'mayor');
    const via = await placed('B', 'Window', 'via');
    const sent = await owner.sends({ storeGroupIds: ['mayor'], secondText: 'Caja 3 cierra', drill: true });
    expect(sent).toEqual({
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      text: 'Till 3 closes',
      secondText: 'Caja 3 cierra',
      priority: 'note',
      audience: 'staff',
      drill: true,
      storeGroupIds: ['mayor'],
      by: 'Owner key',
      sentAtMs: NOON_MS,
      endsAtMs: NOON_MS + 30 * MINUTE_MS,
      ended: null,
      meant: 1,
      painted: 0,
    });
    expect(api.told).toEqual([{ target: 'nudge', groupName: 'group:mayor', arguments: [{ signs: 1 }] }]);
    expect((await mayor.paints()).messages).toEqual([
      {
        messageId: sent.messageId,
        text: 'Till 3 closes',
        secondText: 'Caja 3 cierra',
        priority: 'note',
        audience: 'staff',
        drill: true,
        endsInMs: 30 * MINUTE_MS,
      },
    ]);
    expect((await via.paints()).messages).toEqual([]);
  });

  test('to all reaches every sign that has a place', async () => {
    const stage = await messageStage(database);
    const mayor = await stage.placed('A', 'Passage', 'mayor');
    await stage.placed('B', 'Window', 'via');
    const loose = await stage.sign('C');
    const { meant } = await stage.owner.sends({ storeGroupIds: null });
    expect(meant).toBe(2);
    // Each hears how many all are, and waits the longer.
    expect(stage.api.told).toMatchObject([
      { groupName: 'group:mayor', arguments: [{ signs: 2 }] },
      { groupName: 'group:via', arguments: [{ signs: 2 }] },
    ]);
    expect((await mayor.paints()).messages).toHaveLength(1);
    expect((await loose.heartbeat()).jsonBody).toMatchObject({ messages: [] });
  });

  test('stands before those that matter less, and of equals the newest first', async () => {
    const stage = await messageStage(database);
    const { paints } = await stage.placed('A', 'Passage', 'mayor');
    for (const [text, priority] of [
      ['old note', 'note'],
      ['old warn', 'warn'],
      ['new warn', 'warn'],
      ['alarm', 'alarm'],
      ['drill', 'alarm'],
      ['new note', 'note'],
    ] as const) {
      await stage.owner.sends({ text, priority, drill: text === 'drill', storeGroupIds: ['mayor'] });
      stage.nowMs += 1;
    }
    const texts = (await paints()).messages?.map(({ text }) => text);
    expect(texts).toEqual(['alarm', 'drill', 'new warn', 'old warn']);
  });

  test('for everyone reaches the board of a door however many for the staff matter more', async () => {
    const stage = await messageStage(database);
    const door = await stage.placed('A', 'Street door', 'mayor', 'door');
    await stage.owner.sends({ text: 'Lift is out', audience: 'everyone', storeGroupIds: ['mayor'] });
    for (let count = 0; count < 4; count += 1)
      await stage.owner.sends({ priority: 'alarm', storeGroupIds: ['mayor'] });
    expect((await door.paints()).messages).toMatchObject([{ text: 'Lift is out' }]);
  });

  test('is over when its time is, and when it is taken back', async () => {
    const stage = await messageStage(database);
    const { paints } = await stage.placed('A', 'Passage', 'mayor');
    await stage.owner.sends({ text: 'short', storeGroupIds: ['mayor'], forMinutes: 1 });
    const { messageId } = await stage.owner.sends({ text: 'long', storeGroupIds: ['mayor'] });
    stage.nowMs += MINUTE_MS;
    expect((await paints()).messages).toMatchObject([{ text: 'long', endsInMs: 29 * MINUTE_MS }]);
    const nudges = stage.api.told.length;
    const ended = await stage.owner.end(messageId);
    expect(ended.jsonBody).toMatchObject({ messageId, ended: { by: 'Owner key', atMs: stage.nowMs } });
    expect(stage.api.told).toHaveLength(nudges + 1);
    expect((await paints()).messages).toEqual([]);
    // Nothing happens a second time.
    stage.nowMs += 1;
    expect((await stage.owner.end(messageId)).jsonBody).toMatchObject({ ended: { atMs: stage.nowMs - 1 } });
    expect(stage.api.told).toHaveLength(nudges + 1);
    expect((await stage.audit()).filter(({ act }) => act === 'message-ended')).toHaveLength(1);
  });

  test('is for stores of which all are those of who says it, and for all only by who has all', async () => {
    const stage = await messageStage(database);
    await stage.placed('A', 'Passage', 'mayor');
    const ben = await stage.speaker(['gran-via']);
    expect((await ben.ask({ storeGroupIds: ['via'] })).status).toBe(201);
    for (const storeGroupIds of [['mayor'], ['both'], ['via', 'both'], null])
      expect(refusalOf(await ben.ask({ storeGroupIds }))).toMatchObject({ status: 403, code: 'not-allowed' });
    expect(refusalOf(await ben.ask({ storeGroupIds: ['nowhere'] }))).toMatchObject({
      status: 404,
      code: 'unknown-store-group',
    });
    const viewer = await stage.speaker(['gran-via'], 'viewer');
    expect(refusalOf(await viewer.ask({ storeGroupIds: ['via'] }))).toMatchObject({ status: 403 });
    expect(await stage.owner.list()).toHaveLength(1);
  });

  test('is seen by those who see a sign that it is for, with what is theirs of it', async () => {
    const stage = await messageStage(database);
    const mayor = await stage.placed('A', 'Passage', 'mayor');
    const both = await stage.placed('B', 'Hall', 'both');
    const ofMayor = await stage.owner.sends({ text: 'mayor', storeGroupIds: ['mayor'] });
    const shared = await stage.owner.sends({ text: 'shared', storeGroupIds: ['mayor', 'both'] });
    const all = await stage.owner.sends({ text: 'all', storeGroupIds: null });
    await mayor.paints([shared.messageId, all.messageId]);
    await both.paints([all.messageId]);
    const ben = await stage.speaker(['gran-via']);
    const listed = await ben.list();
    expect(new Set(listed.map(({ text }) => text))).toEqual(new Set(['shared', 'all']));
    expect(listed.find(({ text }) => text === 'shared')).toMatchObject({
      storeGroupIds: ['both'],
      meant: 1,
      painted: 0,
    });
    expect(listed.find(({ text }) => text === 'all')).toMatchObject({ meant: 1, painted: 1 });
    expect(await stage.owner.receipts(shared.messageId)).toMatchObject({ message: { meant: 2, painted: 1 } });
    expect((await ben.receipts(all.messageId)).signs.map(({ name }) => name)).toEqual(['Hall']);
    expect(refusalOf(await ben.read(ofMayor.messageId))).toMatchObject({ status: 403, code: 'not-allowed' });
    for (const one of [ofMayor, shared, all])
      expect(refusalOf(await ben.end(one.messageId))).toMatchObject({ status: 403, code: 'not-allowed' });
    for (const messageId of ['nothing', 'No Id', '\u0000']) {
      expect(refusalOf(await ben.read(messageId))).toMatchObject({ status: 404, code: 'unknown-message' });
      expect(refusalOf(await ben.end(messageId))).toMatchObject({ status: 404, code: 'unknown-message' });
    }
  });

  test('is refused beside a hundred others, until one of them is over', async () => {
    const { owner } = await messageStage(database);
    const first = await owner.sends({ storeGroupIds: ['mayor'] });
    for (let sent = 1; sent < 100; sent += 1) await owner.sends({ storeGroupIds: null });
    const crowded = await owner.ask({ storeGroupIds: ['via'] });
    expect(refusalOf(crowded)).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect(crowded.headers).toMatchObject({ 'retry-after': expect.any(String) });
    await owner.end(first.messageId);
    expect((await owner.ask({ storeGroupIds: ['via'] })).status).toBe(201);
    expect(await owner.list()).toHaveLength(100);
  });

  test('may be as long as a person counts, and is refused in the same words', async () => {
    const { owner } = await messageStage(database);
    const family = '👨‍👩‍👧‍👦';
    const { text } = await owner.sends({ text: family.repeat(160), storeGroupIds: null });
    expect(text).toBe(family.repeat(160));
    for (const wrong of [family.repeat(161), 'x'.repeat(161)])
      expect(refusalOf(await owner.ask({ text: wrong, storeGroupIds: null }))).toMatchObject({
        status: 400,
        field: 'text',
        detail: 'text: expected at most 160 letters',
      });
    const endless = `x${'\u0301'.repeat(3_000)}`;
    expect(refusalOf(await owner.ask({ text: endless, storeGroupIds: null }))).toMatchObject({
      status: 400,
      field: 'text',
    });
  });

  test('without words, without a group or without an end is none', async () => {
    const { owner } = await messageStage(database);
    for (const wrong of [
      { text: '   ', storeGroupIds: null },
      { text: 'x'.repeat(161), storeGroupIds: null },
      { storeGroupIds: [] },
      { storeGroupIds: null, forMinutes: 0 },
    ])
      expect(refusalOf(await owner.ask(wrong))).toMatchObject({ status: 400, code: 'bad-request' });
    expect(await owner.list()).toEqual([]);
  });
});
