import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { ListedSign } from '../../contracts/fleet.ts';
import { type TransferKind, transferKindSchema } from '../../contracts/transfer.ts';
import type { Transaction } from '../../store/port.ts';
import { csvOf } from '../csv.ts';
import { listedSigns } from '../fleet/listed-signs.ts';
import { parsed } from '../http-answers.ts';
import type { Caller } from '../people/caller.ts';
import type { Services } from '../services.ts';
import { mayTransfer, NOT_ALLOWED } from './may-transfer.ts';
import { settingsRow } from './settings-cells.ts';
import { columnsOf, STORE_TABLES } from './tables.ts';

const MAX_EXPORTED = 100_000;
/** Else spreadsheets take it for the letters of their own country. */
const BYTE_ORDER_MARK = '\ufeff';

type Row = readonly (string | number)[];

/** All of a kind, in the form that an import takes. */
export const exportTable =
  ({ store, now }: Pick<Services, 'store' | 'now'>) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    if (!mayTransfer(caller)) return NOT_ALLOWED;
    const kind = parsed(request.params.kind, transferKindSchema, 'kind');
    if (!kind.ok) return kind.refusal;
    const rows = await store.look((tx) => rowsOf(tx, kind.value, now()));
    return {
      status: 200,
      headers: {
        'cache-control': 'no-store',
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="${kind.value}.csv"`,
      },
      body: BYTE_ORDER_MARK + csvOf(columnsOf(kind.value), rows),
    };
  };

async function rowsOf(tx: Transaction, kind: TransferKind, nowMs: number): Promise<readonly Row[]> {
  if (kind === 'signs') {
    const signs = await tx.signs.listSigns(MAX_EXPORTED);
    return (await listedSigns(tx, signs, nowMs)).map(signRow);
  }
  const rows: Row[] = [];
  for (const storeId of await tx.structure.storeIds(MAX_EXPORTED)) {
    const description = await tx.structure.storeDescription(storeId);
    if (description !== undefined) rows.push(...STORE_TABLES[kind].exported(storeId, description));
  }
  return rows;
}

/** In the order of the columns. */
const signRow = (sign: ListedSign): Row => [
  sign.signId,
  sign.name,
  sign.storeGroupId ?? '',
  ...settingsRow(sign.settings),
  sign.state,
  timeOf(sign.stateSinceMs),
  sign.why,
  timeOf(sign.heardAtMs),
  timeOf(sign.enrolledAtMs),
];

const timeOf = (atMs: number | null): string => (atMs === null ? '' : new Date(atMs).toISOString());
