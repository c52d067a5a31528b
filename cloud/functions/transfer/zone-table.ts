import * as z from 'zod';
import { keyCell, textCell, wholeCell } from './cells.ts';
import { overlay, spotIn, storeTable } from './store-draft.ts';

const schema = z
  .object({ store: keyCell, id: keyCell, name: textCell, soft: wholeCell, hard: wholeCell })
  .partial();

/** Parts of a store with a count of their own; without limits where soft and hard are empty. */
export const zonesTable = storeTable(schema, {
  required: ['store', 'id'],
  makesStores: false,

  rowOf({ store: storeId, id, ...fields }) {
    if (storeId === undefined || id === undefined) return undefined;
    const { name: _name, ...limits } = fields;
    return {
      storeId,
      subject: `zone:${storeId}/${id}`,
      put(draft) {
        const zone = spotIn(draft.zones, id);
        if ('name' in fields) overlay(zone, { name: fields.name });
        const after = { ...(zone.limits ?? {}) };
        overlay(after, limits);
        overlay(zone, { limits: Object.keys(after).length === 0 ? undefined : after });
        return undefined;
      },
      subjectIn: (store) => store.zones.find((zone) => zone.id === id),
      pathIn: (draft) => ['zones', draft.zones.findIndex((zone) => zone.id === id)],
      columnOf: ([field, inner]) => (field === 'limits' ? String(inner ?? 'hard') : String(field ?? 'id')),
    };
  },

  exported: (storeId, { zones }) =>
    zones.map(({ id, name, limits }) => [storeId, id, name, limits?.soft ?? '', limits?.hard ?? '']),
});
