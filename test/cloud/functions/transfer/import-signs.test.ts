import { expect, test } from 'vitest';
import { HUB_TARGETS } from '../../../../cloud/contracts/hub-targets.ts';
import { NOON_MS } from '../../../support/builders.ts';
import { CALLE_MAYOR } from '../../../support/calle-mayor.ts';
import { onSqlite } from '../../../support/store-engines.ts';
import { saidOf, transferStage, wrongIn } from './transfer-stage.ts';

const idOf = (letter: string) => `s-${letter.repeat(43)}`;

onSqlite('a table of signs', (database) => {
  const start = async () => {
    const stage = transferStage(await database.open());
    await stage.cloud.keep('calle-mayor', CALLE_MAYOR);
    await database.tx(async (tx) => {
      for (const [at, letter] of ['A', 'B', 'C'].entries()) {
        const key = letter.repeat(43);
        const publicKey = { kty: 'EC', crv: 'P-256', x: key, y: key } as const;
        await tx.signs.enrol({ signId: idOf(letter), publicKey, atMs: NOON_MS - at });
      }
      await tx.signs.describe(idOf('B'), { name: 'Till', settings: { board: 'door', farMetres: 4 } });
      await tx.signs.assign(idOf('B'), 'demo');
      await tx.signs.revoke(idOf('C'), NOON_MS);
    });
    return { ...stage, sign: (letter: string) => database.tx((tx) => tx.signs.sign(idOf(letter))) };
  };

  test('names, sets and places signs that are there, tells them, and says so in the journal', async () => {
    const stage = await start();
    const kept = await stage.keep(
      'signs',
      [
        'signId;name;storeGroupId;board;language;theme;farMetres',
        `${idOf('A')};Entrance;demo;wall;es;light;2,5`,
        `${idOf('B')};Till;demo;door;;;4`,
      ].join('\n'),
    );
    expect(saidOf(kept)).toEqual([`2 changed sign:${idOf('A')}`, `3 same sign:${idOf('B')}`]);
    expect(await stage.sign('A')).toMatchObject({
      name: 'Entrance',
      storeGroupId: 'demo',
      settings: { board: 'wall', language: 'es', theme: 'light', farMetres: 2.5 },
    });
    const targets = stage.told.map(({ target }) => target);
    expect(targets.slice(0, 2)).toEqual([HUB_TARGETS.assignment, HUB_TARGETS.nudge]);
    expect(targets).toContain(HUB_TARGETS.fleet);
    const acts = (await database.tx((tx) => tx.audit.list(2))).map(({ act, by, subject }) => [
      act,
      by,
      subject,
    ]);
    expect(acts).toEqual([
      ['sign-assigned', 'Ana', `sign:${idOf('A')}`],
      ['sign-described', 'Ana', `sign:${idOf('A')}`],
    ]);
  });

  test('pairs no device, revives none, and says of each row what is wrong', async () => {
    const stage = await start();
    const checked = await stage.check(
      'signs',
      [
        'signId,name,storeGroupId,board,theme,farMetres,language',
        `${idOf('Z')},New,demo,,,,`,
        `${idOf('C')},Gone,demo,,,,`,
        `${idOf('A')},A,nowhere,,,,`,
        `${idOf('B')},,demo,round,pink,99,Spanish`,
        `${idOf('B')},B,demo,,,,`,
        'nonsense,B,demo,,,,',
      ].join('\n'),
    );
    expect(wrongIn(checked)).toEqual([
      '2 signId: a sign that has made itself known',
      '3 signId: a sign that is not revoked',
      '4 storeGroupId: a group that a store is in',
      '5 name: a name',
      '5 board: manager, door, wall',
      '5 language: a language such as en or es',
      '5 theme: dark, light',
      '5 farMetres: at most 40',
      '6 signId: a row for each; row 5 speaks of it already',
      '7 signId: a sign id',
    ]);
  });

  test('is exported with the state of each sign, and coming back it changes nothing', async () => {
    const stage = await start();
    const table = await stage.exported('signs');
    expect(table).toContain(
      'signId,name,storeGroupId,board,language,theme,farMetres,secondLanguage,panelInches,turnedDegrees,display,brand,' +
        'wordsOpen,wordsNearly,wordsFull,wordsUnknown,wordsClosed,muted,answering,state,stateSince,why',
    );
    expect(table).toContain(`${idOf('B')},Till,demo,door,"","",4,"",`);
    expect(table).not.toContain(idOf('C'));
    const { changes } = await stage.check('signs', table);
    expect(changes.map(({ what, subject }) => `${what} ${subject}`).sort()).toEqual([
      `same sign:${idOf('A')}`,
      `same sign:${idOf('B')}`,
    ]);
  });

  test('takes and gives every setting of a sign', async () => {
    const stage = await start();
    const settings = {
      board: 'door',
      language: 'es',
      theme: 'light',
      farMetres: 2.5,
      secondLanguage: 'en',
      panelInches: 43,
      turnedDegrees: 270,
      display: { on: '07:30', off: '21:00' },
      brand: { ground: '#003b2f', ink: '#ffffff', accent: '#f2a900' },
      words: { full: 'Lo sentimos, completo', closed: 'Cerrado' },
      muted: true,
      answering: 'here',
    } as const;
    await stage.keep(
      'signs',
      [
        'signId;name;board;language;theme;farMetres;secondLanguage;panelInches;turnedDegrees;display;brand;wordsFull;wordsClosed;muted;answering',
        `${idOf('A')};Door;door;es;light;2,5;en;43;270;7:30 - 21:00;#003B2F #FFFFFF  #f2a900;Lo sentimos, completo;Cerrado;yes;here`,
      ].join('\n'),
    );
    expect(await stage.sign('A')).toMatchObject({ name: 'Door', settings });
    const { changes } = await stage.check('signs', await stage.exported('signs'));
    expect(changes.map(({ what }) => what)).toEqual(['same', 'same']);
    // An empty cell takes one away, and a column that is not there leaves all as it is.
    const emptied = ['signId;wordsFull;display;muted', `${idOf('A')};;;no`].join('\n');
    await stage.keep('signs', emptied);
    const { display: _, words: __, ...others } = settings;
    expect((await stage.sign('A'))?.settings).toEqual({
      ...others,
      words: { closed: 'Cerrado' },
      muted: false,
    });
  });

  test('says of a brand what is no colour, and what cannot be read on its ground', async () => {
    const stage = await start();
    const checked = await stage.check(
      'signs',
      ['signId;brand', `${idOf('A')};green and white`, `${idOf('B')};#101417 #808080 #f2a900`].join('\n'),
    );
    expect(wrongIn(checked)).toEqual([
      '2 brand: three colours such as #101417 #e4e7e8 #f2a900',
      expect.stringMatching(/^3 brand: a contrast of at least 7:1 with the ground, it is \d\.\d:1$/),
    ]);
  });

  test('says which cell of the settings is wrong', async () => {
    const stage = await start();
    const checked = await stage.check(
      'signs',
      [
        'signId;turnedDegrees;display;wordsFull;panelInches;secondLanguage',
        `${idOf('A')};45;at night;${'x'.repeat(41)};3;Spanish`,
        `${idOf('B')};45;25:00-21:00;${'x'.repeat(41)};3;Spanish`,
      ].join('\n'),
    );
    expect(wrongIn(checked).filter((wrong) => wrong.includes('display'))).toEqual([
      '2 display: always, opening-hours, or times such as 07:30-21:00',
      expect.stringMatching(/^3 display: /),
    ]);
    expect(wrongIn(checked).filter((wrong) => wrong.startsWith('3 '))).toEqual(
      expect.arrayContaining([
        '3 wordsFull: at most 40 characters',
        '3 turnedDegrees: 0, 90, 180, 270',
        '3 panelInches: at least 7',
        '3 secondLanguage: a language such as en or es',
      ]),
    );
  });
});
