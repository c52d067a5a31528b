import * as z from 'zod/mini';
import { idSchema } from './identifiers.ts';
import { snapshotSchema } from './snapshot.ts';

/** `GET /api/overview`: every store that the person may see, as its signs show it. Pushes of `snapshot` and `proof` follow. */
export const overviewSchema = z.object({
  nowMs: z.int(),
  stores: z.array(z.object({ snapshot: snapshotSchema, storeGroups: z.array(idSchema) })),
  /** Groups that signs can be assigned to. */
  storeGroups: z.array(z.object({ storeGroupId: idSchema, storeIds: z.array(idSchema) })),
});
export type Overview = z.infer<typeof overviewSchema>;
