import { expect, test } from 'vitest';
import { hoursCell, hoursText } from '../../../../cloud/functions/transfer/hours-cell.ts';
import { CALLE_MAYOR } from '../../../support/calle-mayor.ts';
import { hoursOf, span } from '../../../support/opening-hours.ts';
import { onSqlite } from '../../../support/store-engines.ts';
import { transferStage, wrongIn } from './transfer-stage.ts';

const SHOP = hoursOf(
  ['mon-fri', span('09:00', '14:00'), span('16:00', '20:30')],
  ['sat', span('22:00', '03:30')],
);

test('opening hours are one cell that a person can read, and read back as they were', () => {
  const christmas = { ...SHOP, dates: [{ date: '2026-12-25', hours: [] }] };
  const text = hoursText(christmas);
  expect(text).toBe(
    'mon tue wed thu fri 09:00-14:00 16:00-20:30; sat 22:00-03:30; sun closed; 2026-12-25 closed',
  );
  expect(hoursCell.parse(text)).toEqual(christmas);
  expect(hoursCell.parse(hoursText(hoursOf()))).toEqual(hoursOf());
});

test('an empty cell is hours that nobody told', () => {
  expect(hoursText(undefined)).toBe('');
  expect(hoursCell.parse(' ')).toBeUndefined();
});

test('they may be written as people write them', () => {
  expect(hoursCell.parse('Mon, Tue 9:00-14:00;\n2026-12-24 9:00-13:00;')).toEqual({
    week: hoursOf(['mon-tue', span('09:00', '14:00')]).week,
    dates: [{ date: '2026-12-24', hours: [span('09:00', '13:00')] }],
  });
});

onSqlite('a table with opening hours', (database) => {
  const day = 'days with their times such as mon tue 09:00-14:00 16:00-20:00; 2026-12-25 closed';

  test.each([
    ['nine to five', day],
    ['mon', day],
    ['mon 9-17', day],
    ['mon 09:00-14:00 closed', day],
    ['mon closed; mon 09:00-14:00', day],
    ['mon 25:00-26:00', 'a time of day such as 09:30'],
    ['2026-02-30 closed', 'a date such as 2026-12-25'],
  ])('that says %j is refused, and it is said what is expected', async (cell, expected) => {
    const stage = transferStage(await database.open());
    await stage.cloud.keep('calle-mayor', CALLE_MAYOR);
    expect(wrongIn(await stage.check('stores', `id;hours\ncalle-mayor;"${cell}"\n`))).toEqual([
      `2 hours: ${expected}`,
    ]);
  });

  test('keeps them, and takes them back; a table without that column leaves them as they are', async () => {
    const stage = transferStage(await database.open());
    await stage.cloud.keep('calle-mayor', CALLE_MAYOR);
    const kept = async () => (await database.tx((tx) => tx.structure.storeDescription('calle-mayor')))?.hours;
    await stage.keep('stores', `id,hours,signDarkAlarmMinutes\ncalle-mayor,${hoursText(SHOP)},never\n`);
    expect(await kept()).toEqual(SHOP);
    await stage.keep('stores', 'id,name\ncalle-mayor,Mayor\n');
    expect(await kept()).toEqual(SHOP);
    await stage.keep('stores', 'id,hours,signDarkAlarmMinutes\ncalle-mayor,,30\n');
    expect(await database.tx((tx) => tx.structure.storeDescription('calle-mayor'))).toMatchObject({
      signDarkAlarmMinutes: 30,
    });
    expect(await kept()).toBeUndefined();
  });
});
