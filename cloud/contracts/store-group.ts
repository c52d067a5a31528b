import * as z from 'zod/mini';
import { dailyResetSchema } from './daily-reset.ts';

/** What the stores of a group inherit unless they say otherwise: `PUT /api/store-groups/{storeGroupId}`. */
export const storeGroupDescriptionSchema = z.strictObject({
  dailyReset: z._default(z.nullable(dailyResetSchema), null),
});
export type StoreGroupDescription = z.infer<typeof storeGroupDescriptionSchema>;
