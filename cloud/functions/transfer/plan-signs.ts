import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { type SignDescription, signDescriptionSchema } from '../../contracts/fleet.ts';
import { signIdSchema } from '../../contracts/identifiers.ts';
import type { TransferChange, TransferProblem } from '../../contracts/transfer.ts';
import type { SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import { moveSign } from '../fleet/move-sign.ts';
import { keepAudit } from '../people/audit.ts';
import type { Caller } from '../people/caller.ts';
import { idCell, textCell } from './cells.ts';
import type { Kept, Plan } from './plan.ts';
import { byRow } from './plan.ts';
import type { Table } from './read-table.ts';
import { expectedBy, type ParsedRow, parsedRows, problemOf, type RowOf } from './rows.ts';
import { columnOfSign, settingsColumns, settingsUnder } from './settings-cells.ts';

const told = z.string();
/** The columns from `state` on are told, and never asked: an import does not look at them. */
export const signsSchema = z
  .object({
    signId: z.string().trim().pipe(signIdSchema),
    name: textCell,
    storeGroupId: idCell,
    ...settingsColumns,
    state: told,
    stateSince: told,
    why: told,
    heardAt: told,
    enrolledAt: told,
  })
  .partial();
export const SIGNS_REQUIRED = ['signId'];

type PlannedSign = {
  readonly before: SignRecord;
  readonly after: SignDescription;
  readonly isDescribed: boolean;
  readonly storeGroupId: string | null;
  readonly row: number;
};

/** What the signs would become. */
export async function planSigns(tx: Transaction, table: Table): Promise<Plan> {
  const { rows, problems } = parsedRows(table, signsSchema);
  const signs: PlannedSign[] = [];
  const rowOf = new Map<string, number>();
  for (const row of rows) {
    const { signId } = row.values;
    if (signId === undefined) continue;
    const known = rowOf.get(signId);
    if (known !== undefined)
      problems.push(problemOf(row.source, 'signId', `a row for each; row ${known} speaks of it already`));
    rowOf.set(signId, known ?? row.source.row);
    const planned = known === undefined ? await plannedSign(tx, signId, row, problems) : undefined;
    if (planned !== undefined) signs.push(planned);
  }
  const bad = new Set(problems.map(({ row }) => row));
  return {
    rows: table.rows.length,
    changes: signs.filter(({ row }) => !bad.has(row)).map(changeOf),
    problems: problems.sort(byRow),
    sensorIds: [],
    keep: (tx, caller, nowMs) => keepSigns(tx, signs, caller, nowMs),
  };
}

async function plannedSign(
  tx: Transaction,
  signId: string,
  { source, values }: ParsedRow<typeof signsSchema>,
  problems: TransferProblem[],
): Promise<PlannedSign | undefined> {
  const sign = await tx.signs.sign(signId);
  if (sign === undefined || sign.revokedAtMs !== null) {
    const expected = sign === undefined ? 'a sign that has made itself known' : 'a sign that is not revoked';
    problems.push(problemOf(source, 'signId', expected));
    return undefined;
  }
  const asked = askedOf(sign, values);
  const isDescribed = !isDeepStrictEqual(asked, { name: sign.name, settings: sign.settings });
  const storeGroupId = 'storeGroupId' in values ? (values.storeGroupId ?? null) : sign.storeGroupId;
  if (
    storeGroupId !== null &&
    storeGroupId !== sign.storeGroupId &&
    !(await tx.structure.storeGroupExists(storeGroupId))
  )
    problems.push(problemOf(source, 'storeGroupId', 'a group that a store is in'));
  const as = { before: sign, isDescribed, storeGroupId, row: source.row };
  if (!isDescribed) return { ...as, after: { name: sign.name, settings: sign.settings } };
  const parsed = signDescriptionSchema.safeParse(asked);
  if (parsed.success) return { ...as, after: parsed.data };
  for (const issue of parsed.error.issues) {
    const column = columnOfSign(issue.path);
    problems.push(problemOf(source, column, expectedBy(issue, source, column)));
  }
  return undefined;
}

/** Its name and settings with the row's cells laid over them. */
function askedOf({ name, settings }: SignRecord, values: RowOf<typeof signsSchema>): object {
  const {
    signId: _signId,
    storeGroupId: _group,
    state: _s,
    stateSince: _ss,
    why: _w,
    heardAt: _h,
    enrolledAt: _e,
    ...rest
  } = values;
  const { name: asked, ...given } = rest;
  return { name: 'name' in rest ? (asked ?? '') : name, settings: settingsUnder(settings, given) };
}

const isMoved = ({ before, storeGroupId }: PlannedSign): boolean => before.storeGroupId !== storeGroupId;

const changeOf = (sign: PlannedSign): TransferChange => ({
  row: sign.row,
  what: sign.isDescribed || isMoved(sign) ? 'changed' : 'same',
  subject: `sign:${sign.before.signId}`,
});

async function keepSigns(
  tx: Transaction,
  signs: readonly PlannedSign[],
  caller: Caller,
  nowMs: number,
): Promise<Kept> {
  for (const sign of signs) {
    const { before, after, storeGroupId, isDescribed } = sign;
    const { signId, name, settings } = before;
    const subject = `sign:${signId}`;
    if (isDescribed) {
      await tx.signs.describe(signId, after);
      await keepAudit(tx, caller, nowMs, {
        act: 'sign-described',
        subject,
        before: { name, settings },
        after,
      });
    }
    if (isMoved(sign)) await moveSign(tx, before, storeGroupId, caller, nowMs);
  }
  return {
    movedSigns: signs.filter(isMoved).map(({ before, storeGroupId }) => ({
      signId: before.signId,
      storeGroupId,
      leftGroupId: before.storeGroupId,
    })),
    describedSignIds: signs.filter(({ isDescribed }) => isDescribed).map(({ before }) => before.signId),
  };
}
