import * as z from 'zod';
import { idsCell, keyCell, minutesCell, resetCell, textCell, wholeCell, wordCell } from './cells.ts';
import { hoursCell, hoursText } from './hours-cell.ts';
import { type Misfit, overlay, type Path, type StoreDraft, storeTable } from './store-draft.ts';

const schema = z
  .object({
    id: keyCell,
    name: textCell,
    timeZone: wordCell,
    soft: wholeCell,
    hard: wholeCell,
    softDown: wholeCell,
    hardDown: wholeCell,
    upAfterSeconds: wholeCell,
    downAfterSeconds: wholeCell,
    staff: wholeCell,
    margin: wholeCell,
    liveForSeconds: wholeCell,
    /** Empty: as its groups say. */
    dailyResetAt: resetCell,
    dailyResetTo: wholeCell,
    /** Empty: not known. */
    hours: hoursCell,
    signDarkAlarmMinutes: minutesCell,
    storeGroups: idsCell,
    /** Ids. One that is not there yet is made, and is called by its id until the table of doors says better. */
    doors: idsCell,
  })
  .partial();
type Row = z.output<typeof schema>;

/** Fields of the store itself; what is no other's is one of its limits. */
const OF_STORE: readonly string[] = [
  'name',
  'timeZone',
  'liveForSeconds',
  'hours',
  'signDarkAlarmMinutes',
  'storeGroups',
];

/** What concerns a store as a whole. */
export const storesTable = storeTable(schema, {
  required: ['id'],
  makesStores: true,

  rowOf(values) {
    const { id: storeId, doors, dailyResetAt: _at, dailyResetTo: _to, ...rest } = values;
    if (storeId === undefined) return undefined;
    const limits = Object.fromEntries(Object.entries(rest).filter(([column]) => !OF_STORE.includes(column)));
    return {
      storeId,
      subject: `store:${storeId}`,
      put(draft) {
        overlay(draft, given(values, OF_STORE));
        const before = draft.limits ?? {};
        draft.limits = { ...before };
        overlay(draft.limits as Record<string, unknown>, limits);
        for (const id of doors ?? [])
          if (!draft.doors.some((door) => door.id === id)) draft.doors.push({ id, name: id, sensors: [] });
        return putReset(draft, values);
      },
      subjectIn: (store) => store,
      pathIn: () => [],
      columnOf,
    };
  },

  exported: (
    storeId,
    { name, timeZone, limits, liveForSeconds, dailyReset, hours, signDarkAlarmMinutes, storeGroups, doors },
  ) => [
    [
      storeId,
      name,
      timeZone,
      limits.soft,
      limits.hard,
      limits.softDown ?? '',
      limits.hardDown ?? '',
      limits.upAfterSeconds,
      limits.downAfterSeconds,
      limits.staff,
      limits.margin,
      liveForSeconds,
      dailyReset === null ? 'never' : (dailyReset?.at ?? ''),
      dailyReset?.to ?? '',
      hoursText(hours),
      signDarkAlarmMinutes ?? 'never',
      storeGroups.join(' '),
      doors.map(({ id }) => id).join(' '),
    ],
  ],
});

const given = (values: Row, columns: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([column]) => columns.includes(column)));

function putReset(draft: StoreDraft, values: Row): Misfit | undefined {
  const { dailyResetAt: at, dailyResetTo: to } = values;
  const before = draft.dailyReset as { at: string; to: number } | null | undefined;
  const atAfter = 'dailyResetAt' in values ? at : before === null ? null : before?.at;
  if (atAfter === undefined || atAfter === null) {
    if (to !== undefined)
      return { column: 'dailyResetTo', expected: 'nothing, where dailyResetAt names no time' };
    overlay(draft, { dailyReset: atAfter });
    return undefined;
  }
  const toAfter = 'dailyResetTo' in values ? to : before?.to;
  draft.dailyReset = { at: atAfter, ...(toAfter === undefined ? {} : { to: toAfter }) };
  return undefined;
}

function columnOf([field, inner]: Path): string {
  const name = String(field ?? 'id');
  if (name === 'limits') return String(inner ?? 'hard');
  if (name === 'dailyReset') return inner === 'to' ? 'dailyResetTo' : 'dailyResetAt';
  return name in schema.shape ? name : 'id';
}
