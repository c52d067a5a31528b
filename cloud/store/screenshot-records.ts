import { screenshotMediaTypeSchema } from '../contracts/sign-report.ts';
import type { Sql } from './engine.ts';
import type { ScreenshotRecords } from './fleet-port.ts';
import { columnOf, textOf } from './free-text.ts';

export const screenshotRecords = ({ db, dialect }: Sql): ScreenshotRecords => ({
  async keep({ placeId, commandId, takenAtMs, mediaType, body }) {
    const taken = { command_id: columnOf(commandId), taken_at_ms: takenAtMs, media_type: mediaType, body };
    await db
      .insertInto('screenshots')
      .values({ place_id: placeId, ...taken })
      .onConflict((conflict) => conflict.column('place_id').doUpdateSet(taken))
      .execute();
  },

  async of(placeId) {
    const row = await db
      .selectFrom('screenshots')
      .selectAll()
      .where('place_id', '=', placeId)
      .executeTakeFirst();
    return row === undefined
      ? undefined
      : {
          placeId,
          commandId: textOf(row.command_id),
          takenAtMs: row.taken_at_ms,
          mediaType: screenshotMediaTypeSchema.parse(row.media_type),
          body: row.body,
        };
  },

  takenAt: (placeIds) =>
    db
      .selectFrom('screenshots')
      .select(['place_id as placeId', 'taken_at_ms as takenAtMs'])
      .where(dialect.oneOf('place_id', placeIds))
      .execute(),
});
