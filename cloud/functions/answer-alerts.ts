import type { ListedAlert } from '../contracts/alert.ts';
import { type AlertHappening, acknowledged } from '../domain/alerts.ts';
import { changedStore } from '../domain/store-after.ts';
import type { StoreState } from '../domain/store-state.ts';
import type { Transaction } from '../store/port.ts';
import type { HubMessage } from './hub-messages.ts';
import { keepReviewed } from './keep-reviewed.ts';
import { keepAudit } from './people/audit.ts';

type Asked = {
  readonly alerts: readonly Pick<ListedAlert, 'type' | 'source'>[];
  /** Who answers, by the name that the signs show and the id that stays. */
  readonly by: { readonly personId: string; readonly name: string };
  readonly epoch: number;
  readonly nowMs: number;
};

/** Somebody answers for alerts of a store that the transaction holds: one act, on record once. Undefined: one of them is not there. */
export async function answerAlerts(
  tx: Transaction,
  before: StoreState,
  { alerts: asked, by, epoch, nowMs }: Asked,
): Promise<HubMessage[] | undefined> {
  let { alerts } = before;
  const answers: AlertHappening[] = [];
  for (const { type, source } of asked) {
    const answered = acknowledged(alerts, { type, source, by: by.name }, nowMs);
    if (answered === undefined) return undefined;
    ({ alerts } = answered);
    answers.push(...answered.happenings);
  }
  const [first] = answers;
  // Nothing has happened where somebody else was first.
  if (first !== undefined)
    await keepAudit(tx, by, nowMs, {
      act: 'alert-acknowledged',
      subject: `store:${before.storeId}`,
      after: { type: first.type, source: first.source },
    });
  const after = changedStore(before, { ...before, alerts }, nowMs);
  const happenings = [...answers, ...after.happenings];
  return keepReviewed(tx, { ...after, happenings }, epoch, nowMs);
}
