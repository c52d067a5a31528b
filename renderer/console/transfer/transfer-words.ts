import type { TransferAnswer, TransferChange, TransferKind } from '../../../cloud/contracts/transfer.ts';
import { counted } from '../view/words.ts';

export const KIND_WORDS: Readonly<Record<TransferKind, string>> = {
  stores: 'Stores',
  zones: 'Zones',
  doors: 'Doors',
  sensors: 'Sensors',
  signs: 'Signs',
};

export const WHAT_WORDS: Readonly<Record<TransferChange['what'], string>> = {
  new: 'New',
  changed: 'Changed',
  same: 'As before',
};

/** What an import would do, or has done, in one line. */
export function summaryWords({ rows, changes, problems }: TransferAnswer): string {
  const count = (what: TransferChange['what']) => changes.filter((change) => change.what === what).length;
  const bad = new Set(problems.map(({ row }) => row)).size;
  const parts = [
    counted(rows, 'row'),
    `${count('new')} new`,
    `${count('changed')} changed`,
    `${count('same')} as before`,
    ...(bad > 0 ? [`${bad} to put right`] : []),
  ];
  return `${parts.join(', ')}.`;
}

export const changesIn = ({ changes }: TransferAnswer): readonly TransferChange[] =>
  changes.filter(({ what }) => what !== 'same');

type Created = TransferAnswer['createdSensors'];

/** As text to copy: one line a sensor. */
export const connectionLines = (created: Created): string =>
  created.map(({ sensorId, connectionString }) => `${sensorId}\t${connectionString}\n`).join('');

/** As a table. All in quotation marks, as a connection string has semicolons, which some spreadsheets split at. */
export const connectionTable = (created: Created): string =>
  [
    ['sensorId', 'connectionString'],
    ...created.map(({ sensorId, connectionString }) => [sensorId, connectionString]),
  ]
    .map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`)
    .join('');

/** The text of a file; undefined where it is no UTF-8. */
export function utf8Text(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
