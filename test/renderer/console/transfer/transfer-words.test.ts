import { expect, test } from 'vitest';
import type { TransferAnswer } from '../../../../cloud/contracts/transfer.ts';
import {
  changesIn,
  connectionLines,
  connectionTable,
  summaryWords,
  utf8Text,
} from '../../../../renderer/console/transfer/transfer-words.ts';

const ANSWER: TransferAnswer = {
  dryRun: true,
  rows: 4,
  changes: [
    { row: 2, what: 'new', subject: 'store:a' },
    { row: 3, what: 'same', subject: 'store:b' },
  ],
  problems: [
    { row: 4, column: 'soft', value: 'four', expected: 'a whole number' },
    { row: 4, column: 'name', value: '', expected: 'a value' },
    { row: 5, column: 'id', value: '', expected: 'an id' },
  ],
  createdSensors: [],
  notYetPlaced: [],
};

test('a check says in one line what would happen, and a row with two faults is one row', () => {
  expect(summaryWords(ANSWER)).toBe('4 rows, 1 new, 0 changed, 1 as before, 2 to put right.');
  expect(summaryWords({ ...ANSWER, rows: 1, problems: [] })).toBe('1 row, 1 new, 0 changed, 1 as before.');
});

test('a row that stays as it is is no change', () => {
  expect(changesIn(ANSWER).map(({ row }) => row)).toEqual([2]);
});

test('connection strings stay whole in any spreadsheet', () => {
  const created = [{ sensorId: 's-1', connectionString: 'HostName=h;DeviceId=s-1;SharedAccessKey=k=' }];
  expect(connectionLines(created)).toBe('s-1\tHostName=h;DeviceId=s-1;SharedAccessKey=k=\n');
  expect(connectionTable(created)).toBe(
    '"sensorId","connectionString"\r\n"s-1","HostName=h;DeviceId=s-1;SharedAccessKey=k="\r\n',
  );
});

test('a file in another alphabet is not read as if it were ours', () => {
  expect(utf8Text(Uint8Array.of(0x43, 0xe9).buffer)).toBe(undefined);
  expect(utf8Text(new TextEncoder().encode('\ufeffid\r\nCafé').buffer)).toBe('id\r\nCafé');
});
