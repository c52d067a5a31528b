import * as z from 'zod';
import { STREET } from '../../contracts/store-description.ts';
import { idCell, keyCell, textCell, wholeCell } from './cells.ts';
import { type Misfit, overlay, type StoreDraft, spotIn, storeTable } from './store-draft.ts';

const schema = z
  .object({
    store: keyCell,
    id: keyCell,
    name: textCell,
    into: idCell,
    from: idCell,
    peoplePerSecond: wholeCell,
  })
  .partial();

/** Doors without their sensors, which have a table of their own. */
export const doorsTable = storeTable(schema, {
  required: ['store', 'id'],
  makesStores: false,

  rowOf({ store: storeId, id, ...fields }) {
    if (storeId === undefined || id === undefined) return undefined;
    return {
      storeId,
      subject: `door:${storeId}/${id}`,
      put(draft) {
        overlay(spotIn(draft.doors, id), fields);
        return misplaced(draft, fields);
      },
      subjectIn: (store) => store.doors.find((door) => door.id === id),
      pathIn: (draft) => ['doors', draft.doors.findIndex((door) => door.id === id)],
      columnOf: ([field]) => String(field ?? 'id'),
    };
  },

  exported: (storeId, { doors }) =>
    doors.map(({ id, name, into, from, peoplePerSecond }) => [
      storeId,
      id,
      name,
      into ?? '',
      from ?? '',
      peoplePerSecond,
    ]),
});

type Ends = { readonly into?: string | undefined; readonly from?: string | undefined };

/** The description says this too, and not of which door. */
function misplaced({ zones }: StoreDraft, { into, from }: Ends): Misfit | undefined {
  const known = zones.map((zone) => zone.id);
  const expected =
    known.length === 0 ? 'nothing: the store has no zones' : `a zone of the store: ${known.join(', ')}`;
  if (into !== undefined && !known.includes(into)) return { column: 'into', expected };
  if (from !== undefined && !known.includes(from)) return { column: 'from', expected };
  if ((from ?? STREET) === (into ?? known[0])) return { column: 'from', expected: 'another zone than into' };
  return undefined;
}
