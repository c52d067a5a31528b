import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_TRANSFER_BYTES, type TransferKind } from '../../../../cloud/contracts/transfer.ts';
import { calleMayor } from '../../../support/calle-mayor.ts';
import { hoursOf, span } from '../../../support/opening-hours.ts';
import { onSqlite } from '../../../support/store-engines.ts';
import { ANA, saidOf, transferStage, wrongIn } from './transfer-stage.ts';

const NASTY = ['=', '+', '-', '@', "'", '\t', '\r', '\n', ' ', '"', ',', ';', '1', 'a', '\ufeff', '＝', '日'];
const names = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
    fc.array(fc.constantFrom(...NASTY), { minLength: 1, maxLength: 8 }).map((signs) => signs.join('')),
  )
  .filter((name) => name.isWellFormed() && name.length <= 20);
const KINDS: readonly TransferKind[] = ['stores', 'zones', 'doors', 'sensors'];
const ENTERED = { id: 'street', into: 'ground' };

onSqlite(
  'a table',
  (database) => {
    test('that was exported changes nothing, whatever the names are', async () => {
      const stage = transferStage(await database.open());
      await fc.assert(
        fc.asyncProperty(names, names, names, names, async (name, door, zone, line) => {
          const description = calleMayor({
            name,
            dailyReset: { at: '04:00', to: 1 },
            zones: [{ id: 'ground', name: zone, limits: { soft: 1, hard: 2 }, sensors: [{ id: 'above-1' }] }],
            doors: [{ ...ENTERED, name: door, sensors: [{ id: 'street-1', line, flipped: true }] }],
          });
          expect(await stage.cloud.keep('calle-mayor', description)).toMatchObject({ status: 200 });
          for (const kind of KINDS) {
            const checked = await stage.check(kind, await stage.exported(kind));
            expect(checked.problems).toEqual([]);
            expect(checked.changes.length).toBeGreaterThan(0);
            expect(checked.changes.filter(({ what }) => what !== 'same')).toEqual([]);
          }
        }),
        { numRuns: 40 },
      );
    });

    test('of one cloud makes the same stores in another', async () => {
      const stage = transferStage(await database.open());
      const description = calleMayor({
        name: '=SUM(A1)',
        dailyReset: null,
        hours: {
          ...hoursOf(
            ['mon-fri', span('09:00', '14:00'), span('16:00', '02:00')],
            ['sun', span('00:00', '24:00')],
          ),
          dates: [
            { date: '2026-12-25', hours: [] },
            { date: '2026-12-31', hours: [span('09:00', '15:00')] },
          ],
        },
        signDarkAlarmMinutes: null,
        zones: [
          { id: 'ground', name: "'=Ground" },
          { id: 'cafe', name: 'Café', limits: { soft: 1, hard: 2 } },
        ],
      });
      await stage.cloud.keep('calle-mayor', description);
      const tables = await Promise.all(
        KINDS.map(async (kind) => [kind, await stage.exported(kind)] as const),
      );
      await database.empty();
      for (const [kind, table] of tables) expect((await stage.keep(kind, table)).problems).toEqual([]);
      expect(await database.tx((tx) => tx.structure.storeDescription('calle-mayor'))).toEqual(description);
    });

    test('is read in the form that a spreadsheet saves it in, and rows are numbered as it shows them', async () => {
      const stage = transferStage(await database.open());
      await stage.cloud.keep('calle-mayor', calleMayor());
      const table = '\ufeffStore;ID;Name\r\n;;\r\n\r\ncalle-mayor;a;"two\r\nlines"\r\ncalle-mayor;b;\r\n';
      const checked = await stage.check('doors', table);
      expect(saidOf(checked)).toEqual([]);
      expect(wrongIn(checked)).toEqual(['5 name: a value']);
      expect(checked.rows).toBe(2);
    });

    test.each([
      ['', '1 : a header: store, id, name, into, from, peoplePerSecond'],
      ['store,id,colour\n', '1 colour: a column of this table: store, id, name, into, from, peoplePerSecond'],
      ['store,id,id\n', '1 id: each column once'],
      ['store,name\n', '1 id: this column'],
      ['store,id,name\nx,"a" b,c\n', '2 : quotation marks around the whole cell, and two for one inside it'],
      ['store,id,name\nx,y,"c\n', '2 : quotation marks around the whole cell, and two for one inside it'],
      ['store,id\ncalle-mayor,street,,4\n', '2 : at most 2 cells, as in the header'],
    ])('that reads %j is refused for what is wrong with it', async (table, wrong) => {
      const stage = transferStage(await database.open());
      await stage.cloud.keep('calle-mayor', calleMayor());
      expect(wrongIn(await stage.check('doors', table))).toEqual([wrong]);
    });

    test('in another alphabet than UTF-8 is refused', async () => {
      const stage = transferStage(await database.open());
      const latin = Buffer.from('store,id,name\na,b,Café\n', 'latin1');
      expect(wrongIn(await stage.check('doors', latin))).toEqual([
        '1 : text in UTF-8: save the table as "CSV UTF-8" in your spreadsheet',
      ]);
    });

    test('that is too long is refused', async () => {
      const stage = transferStage(await database.open());
      const rows = `store,id\n${'a,b\n'.repeat(5_001)}`;
      expect(wrongIn(await stage.check('doors', rows))).toEqual(['5002 : at most 5000 rows in one table']);
      expect((await stage.ask('doors', 'x'.repeat(MAX_TRANSFER_BYTES + 1))).status).toBe(413);
    });

    test('is for admins of all stores', async () => {
      const stage = transferStage(await database.open());
      const others = [
        { ...ANA, role: 'manager' },
        { ...ANA, storeIds: ['calle-mayor'] },
      ] as const;
      for (const other of others) {
        expect((await stage.ask('stores', 'id\n', 'true', other)).status).toBe(403);
        expect(await stage.exported('stores', other)).toBe('undefined');
      }
      expect((await stage.ask('people', 'id\n')).status).toBe(400);
      expect((await stage.ask('stores', 'id\n', 'perhaps')).status).toBe(400);
    });
  },
  'memory',
);
