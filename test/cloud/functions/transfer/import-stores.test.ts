import { expect, test } from 'vitest';
import { CALLE_MAYOR, calleMayor } from '../../../support/calle-mayor.ts';
import { onSqlite } from '../../../support/store-engines.ts';
import { saidOf, transferStage, wrongIn } from './transfer-stage.ts';

const NEW_STORES = [
  'id,name,timeZone,soft,hard,staff,storeGroups,doors',
  'atocha,Atocha,Europe/Madrid,40,50,2,demo night,north south',
  'sol,"Sol, 1st\nfloor",Europe/Madrid,10,12,,demo,main',
  '',
].join('\r\n');

onSqlite('a table of stores', (database) => {
  test('is checked without a change, then makes the stores, and says so in the journal', async () => {
    const stage = transferStage(await database.open());
    const checked = await stage.check('stores', NEW_STORES);
    expect(checked).toMatchObject({ dryRun: true, rows: 2, problems: [] });
    expect(saidOf(checked)).toEqual(['2 new store:atocha', '3 new store:sol']);
    expect((await stage.cloud.read('atocha')).status).toBe(404);

    expect(saidOf(await stage.keep('stores', NEW_STORES))).toEqual(saidOf(checked));
    const description = await database.tx((tx) => tx.structure.storeDescription('atocha'));
    expect(description).toMatchObject({
      name: 'Atocha',
      limits: { soft: 40, hard: 50, staff: 2 },
      storeGroups: ['demo', 'night'],
      doors: [{ id: 'north', name: 'north' }, { id: 'south' }],
    });
    const audit = await database.tx((tx) => tx.audit.list(10));
    expect(audit).toMatchObject([
      {
        by: 'Ana',
        act: 'store-kept',
        subject: 'store:sol',
        before: null,
        after: { name: 'Sol, 1st\nfloor' },
      },
      { by: 'Ana', act: 'store-kept', subject: 'store:atocha' },
    ]);
  });

  test('changes only what it names: other fields, doors and sensors stay', async () => {
    const stage = transferStage(await database.open());
    const reset = { dailyReset: { at: '04:00', to: 3 } };
    await stage.cloud.keep('calle-mayor', { ...CALLE_MAYOR, ...reset });
    const kept = await stage.keep('stores', 'id;name;hard\ncalle-mayor;Mayor;70\n');
    expect(saidOf(kept)).toEqual(['2 changed store:calle-mayor']);
    const description = await database.tx((tx) => tx.structure.storeDescription('calle-mayor'));
    expect(description).toEqual(calleMayor({ ...reset, name: 'Mayor', limits: { soft: 52, hard: 70 } }));
    // The same once more is no change, and no row of the journal.
    const before = await database.tx((tx) => tx.audit.list(10));
    expect(saidOf(await stage.keep('stores', 'id,name,hard\ncalle-mayor,Mayor,70'))).toEqual([
      '2 same store:calle-mayor',
    ]);
    expect(await database.tx((tx) => tx.audit.list(10))).toEqual(before);
  });

  test('names every bad row with its column, and then changes nothing at all', async () => {
    const stage = transferStage(await database.open());
    await stage.cloud.keep('calle-mayor', CALLE_MAYOR);
    const table = [
      'id,name,timeZone,soft,hard,storeGroups,doors,dailyResetAt',
      'good,Good,Europe/Madrid,4,5,demo,main,',
      'No Id,x,Europe/Madrid,4,5,demo,main,',
      '',
      'zone,x,PST,4,5,demo,main,25:00',
      'soft,x,Europe/Madrid,60,50,demo,main,never',
      'words,x,Europe/Madrid,four,5,Demo!,main,',
      'empty,,,,,,,',
      'good,Twice,Europe/Madrid,4,5,demo,main,',
      'calle-mayor,Calle Mayor,Europe/Madrid,-1,5,demo,main,5:00',
    ].join('\n');
    const checked = await stage.check('stores', table);
    expect(wrongIn(checked)).toEqual([
      '3 id: 1 to 63 of a-z, 0-9 and -, starting with a letter or a digit',
      '5 timeZone: an IANA time zone such as Europe/Madrid',
      '5 dailyResetAt: a time of day such as 05:00',
      '6 soft: at most limits.hard',
      '7 soft: a whole number',
      '7 storeGroups: 1 to 63 of a-z, 0-9 and -, starting with a letter or a digit',
      '8 name: a value',
      '8 timeZone: a value',
      '8 soft: a value',
      '8 hard: a value',
      '8 storeGroups: a value',
      '9 id: a row for each; row 2 says something of it already',
      '10 soft: at least 0',
    ]);
    expect(checked.problems.find(({ column }) => column === 'timeZone')).toMatchObject({ value: 'PST' });
    const answer = await stage.ask('stores', table, 'false');
    expect(answer).toMatchObject({
      status: 400,
      jsonBody: { code: 'bad-request', problems: checked.problems, dryRun: false },
    });
    expect(await database.tx((tx) => tx.structure.storeIds(10))).toEqual(['calle-mayor']);
  });

  test('without a door a new store is refused, and it is said in which column', async () => {
    const stage = transferStage(await database.open());
    const checked = await stage.check('stores', 'id,name,timeZone,soft,hard,storeGroups\na,A,UTC,1,2,g\n');
    expect(wrongIn(checked)).toEqual(['2 doors: at least one door, or a zone with sensors of its own']);
  });

  test('takes a daily reset away only where it says so', async () => {
    const stage = transferStage(await database.open());
    const resetOf = async () =>
      (await database.tx((tx) => tx.structure.storeDescription('calle-mayor')))?.dailyReset;
    await stage.cloud.keep('calle-mayor', CALLE_MAYOR);
    await stage.keep('stores', 'id,dailyResetAt,dailyResetTo\ncalle-mayor,5:00:00,2');
    expect(await resetOf()).toEqual({ at: '05:00', to: 2 });
    await stage.keep('stores', 'id,dailyResetAt\ncalle-mayor,06:30');
    expect(await resetOf()).toEqual({ at: '06:30', to: 2 });
    await stage.keep('stores', 'id,dailyResetAt\ncalle-mayor,Never');
    expect(await resetOf()).toBe(null);
    expect(wrongIn(await stage.check('stores', 'id,dailyResetTo\ncalle-mayor,2'))).toEqual([
      '2 dailyResetTo: nothing, where dailyResetAt names no time',
    ]);
    await stage.keep('stores', 'id,dailyResetAt\ncalle-mayor,');
    expect(await resetOf()).toBe(undefined);
  });
});
