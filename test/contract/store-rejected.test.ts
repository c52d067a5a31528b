import { expect, test } from 'vitest';
import type { RejectedMessage, Rejection } from '../../cloud/store/port.ts';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines, onPostgres } from '../support/store-engines.ts';

const BODY = new Uint8Array([0, 255, 123, 10]);
/** What no database would take as it is. */
const ODD_TEXT = 'got "\u0000" at \ud800 \\u0000';

const aRejection = (difference: Partial<Rejection> = {}): Rejection => ({
  sensorId: 'street-1',
  reason: 'not-json',
  detail: 'expected UTF-8 JSON',
  body: BODY,
  messageKey: 'm1',
  enqueuedAtMs: NOON_MS,
  contentType: 'application/json',
  ...difference,
});

const messageOf = ({ detail: _, ...message }: Rejection): RejectedMessage => message;

onBothEngines('rejected messages', (database) => {
  const keep = (rejections: readonly Rejection[], atMs = NOON_MS) =>
    database.tx((tx) => tx.rejected.keep(rejections, atMs));
  const list = (limit = 10) => database.tx((tx) => tx.rejected.list(limit));
  const messages = (limit = 10, after?: RejectedMessage) =>
    database.tx((tx) => tx.rejected.messagesOf('street-1', limit, after));

  test('a rejected message is kept whole, byte by byte, with what was wrong in it', async () => {
    const odd = aRejection({ detail: ODD_TEXT, messageKey: ODD_TEXT, contentType: ODD_TEXT });
    const empty = aRejection({ body: new Uint8Array(), messageKey: 'm2', contentType: null });
    await keep([odd, empty]);
    const seen = { times: 1, firstSeenAtMs: NOON_MS, lastSeenAtMs: NOON_MS };
    const row = ({ sensorId, reason, detail, body }: Rejection) => ({
      sensorId,
      reason,
      detail,
      body,
      ...seen,
    });
    const listed = await list();
    expect(listed).toHaveLength(2);
    expect(listed).toEqual(expect.arrayContaining([row(odd), row(empty)]));
    const kept = await messages();
    expect(kept).toHaveLength(2);
    expect(kept).toEqual(expect.arrayContaining([messageOf(odd), messageOf(empty)]));
  });

  test('the same body of the same sensor for the same reason is one row that counts, in one batch and over many', async () => {
    const others = [
      aRejection({ sensorId: 'arcade-1' }),
      aRejection({ reason: 'not-a-reading' }),
      aRejection({ body: new Uint8Array([1]), messageKey: 'm9' }),
    ];
    await keep([aRejection(), ...others, aRejection({ messageKey: 'm2' })]);
    await keep([aRejection({ messageKey: 'm3' })], NOON_MS + 5);
    await keep([], NOON_MS + 6);
    const listed = await list();
    expect(listed[0]).toEqual({
      sensorId: 'street-1',
      reason: 'not-json',
      detail: 'expected UTF-8 JSON',
      body: BODY,
      times: 3,
      firstSeenAtMs: NOON_MS,
      lastSeenAtMs: NOON_MS + 5,
    });
    expect(listed.slice(1).map((row) => row.times)).toEqual([1, 1, 1]);
  });

  test('a message that comes again is not another one: not in the same batch, not in a later one, not beside a new one', async () => {
    await keep([aRejection(), aRejection()]);
    await keep([aRejection()], NOON_MS + 5);
    expect(await list()).toMatchObject([{ times: 1, lastSeenAtMs: NOON_MS }]);
    await keep([aRejection(), aRejection({ messageKey: 'm2' })], NOON_MS + 9);
    expect(await list()).toMatchObject([{ times: 2, lastSeenAtMs: NOON_MS + 9 }]);
    expect(await messages()).toHaveLength(2);
  });

  test('of transactions that keep the same messages at once, in whatever order, each is kept by one', async () => {
    const store = await database.open();
    const rejections = Array.from({ length: 20 }, (_, index) =>
      aRejection({ messageKey: `m${index}`, body: new Uint8Array([index % 3]) }),
    );
    await Promise.all(
      [rejections, rejections.toReversed(), rejections].map((batch) =>
        store.transaction((tx) => tx.rejected.keep(batch, NOON_MS)),
      ),
    );
    expect((await list()).map((row) => row.times).sort()).toEqual([6, 7, 7]);
  });

  test('the list starts with what was seen last and is no longer than asked for', async () => {
    for (const [index, letter] of ['a', 'b', 'c'].entries()) {
      await keep([aRejection({ sensorId: letter })], NOON_MS + index);
    }
    await keep([aRejection({ sensorId: 'a', messageKey: 'm2' })], NOON_MS + 9);
    expect((await list(2)).map((row) => row.sensorId)).toEqual(['a', 'c']);
  });

  test('the messages of a sensor come page by page in the order in which they came', async () => {
    const came = [
      { messageKey: 'm3', enqueuedAtMs: NOON_MS - 5 },
      { messageKey: 'm1', enqueuedAtMs: NOON_MS },
      { messageKey: 'm2', enqueuedAtMs: NOON_MS },
      { messageKey: 'm0', enqueuedAtMs: NOON_MS + 1 },
    ].map((one, index) => aRejection({ ...one, body: new Uint8Array([index % 2]) }));
    await keep(came.toReversed());
    await keep([aRejection({ sensorId: 'arcade-1' })]);
    expect(await messages()).toEqual(came.map(messageOf));
    const first = await messages(2);
    expect(first).toEqual(came.slice(0, 2).map(messageOf));
    const second = await messages(2, first.at(-1));
    expect(second).toEqual(came.slice(2).map(messageOf));
    expect(await messages(2, second.at(-1))).toEqual([]);
  });

  test('a message that was refused for two reasons is never cut in two by a page', async () => {
    const reasons = ['implausible', 'not-a-reading'];
    const came = ['m1', 'm2'].flatMap((messageKey) =>
      reasons.map((reason) => aRejection({ messageKey, reason })),
    );
    await keep(came);
    const first = await messages(1);
    expect(first).toEqual(came.slice(0, 2).map(messageOf));
    expect(await messages(1, first.at(-1))).toEqual(came.slice(2).map(messageOf));
  });

  test('what is forgotten is gone, and its row with the last of its messages', async () => {
    const other = new Uint8Array([1]);
    const [first, second] = [aRejection(), aRejection({ messageKey: 'm2' })];
    const kept = [
      aRejection({ messageKey: 'm3', body: other }),
      aRejection({ reason: 'implausible' }),
      aRejection({ sensorId: 'arcade-1' }),
    ];
    await keep([first, second, ...kept]);
    const listed = async () =>
      (await list()).map(({ sensorId, reason, body }) => `${sensorId} ${reason} ${body.length}`).sort();
    await database.tx((tx) => tx.rejected.forget([first]));
    expect(await listed()).toContain('street-1 not-json 4');
    await database.tx((tx) => tx.rejected.forget([second, aRejection({ messageKey: 'never' })]));
    await database.tx((tx) => tx.rejected.forget([]));
    expect(await listed()).toEqual(['arcade-1 not-json 4', 'street-1 implausible 4', 'street-1 not-json 1']);
    expect(await messages()).toEqual([kept[1], kept[0]].flatMap((one) => (one ? [messageOf(one)] : [])));
  });

  test('a message that was forgotten and is refused again is kept again', async () => {
    await keep([aRejection()]);
    await database.tx((tx) => tx.rejected.forget([aRejection()]));
    expect(await list()).toEqual([]);
    await keep([aRejection()], NOON_MS + 5);
    expect(await list()).toMatchObject([{ times: 1, firstSeenAtMs: NOON_MS + 5 }]);
    expect(await messages()).toEqual([messageOf(aRejection())]);
  });

  test('a batch of a thousand refused messages is kept', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) =>
      aRejection({ messageKey: `m${index}`, body: new TextEncoder().encode(`body ${index}`) }),
    );
    await keep(many);
    expect(await list(2_000)).toHaveLength(1_200);
    expect(await messages(2_000)).toHaveLength(1_200);
  });
});

onPostgres('rejected messages of many instances', (database) => {
  const waiting = () =>
    database.sql(
      `select pid from pg_stat_activity
       where application_name = current_setting('application_name') and wait_event_type = 'Lock'`,
    );

  test('a message that comes while all others like it are being forgotten keeps its body', async () => {
    const store = await database.open();
    const [old, late] = [aRejection(), aRejection({ messageKey: 'm2' })];
    await store.transaction((tx) => tx.rejected.keep([old], NOON_MS));
    let forgotten: Promise<void> | undefined;
    await store.transaction(async (tx) => {
      await tx.rejected.keep([late], NOON_MS);
      forgotten = store.transaction((other) => other.rejected.forget([old]));
      await expect.poll(waiting).toHaveLength(1);
    });
    await forgotten;
    expect(await store.look((tx) => tx.rejected.messagesOf('street-1', 10))).toEqual([messageOf(late)]);
    expect(await store.look((tx) => tx.rejected.list(10))).toHaveLength(1);
  });
});
