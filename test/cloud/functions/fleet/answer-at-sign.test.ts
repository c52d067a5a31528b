import { expect, test } from 'vitest';
import { alertKeyOf } from '../../../../cloud/contracts/alert.ts';
import type { SignSettings } from '../../../../cloud/contracts/sign-report.ts';
import type { AlertState } from '../../../../cloud/domain/store-state.ts';
import { NOON_MS } from '../../../support/builders.ts';
import { ANNA, aHeartbeat, aPicture, type FleetStage, fleetStage } from '../../../support/fleet-stage.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const SILENT = alertKeyOf({ type: 'sensor-silent', door: 'street', sinceMs: NOON_MS });
const CLOCK = alertKeyOf({ type: 'sensor-clock', door: 'street', sinceMs: NOON_MS });
const SHELVED = alertKeyOf({ type: 'rejected-rising', door: 'street', sinceMs: NOON_MS });
const raised = (difference: Pick<AlertState, 'type' | 'source'> & Partial<AlertState>): AlertState => ({
  ...{ severity: 'warn', phase: 'active', times: 1, acknowledged: null, place: { door: 'street' } },
  ...{ phaseSinceMs: NOON_MS, sinceMs: NOON_MS, askedAtMs: NOON_MS },
  ...difference,
});
/** Two sensors of one door fell silent in the same moment: on the glass they are one. */
const RAISED: readonly AlertState[] = [
  raised({ type: 'sensor-silent', source: 'street-1' }),
  raised({ type: 'sensor-silent', source: 'street-2' }),
  raised({ type: 'sensor-clock', source: 'street-1', phase: 'pending' }),
  raised({
    ...{ type: 'rejected-rising', source: 'street-1' },
    shelved: { by: 'Anna', untilMs: NOON_MS + 3_600_000, why: '' },
  }),
];
const asked = { storeId: 'calle-mayor', alertKey: SILENT };

onSqlite('an alert that is answered at the sign', (database) => {
  /** A sign of `calle-mayor` that shows its board for managers. */
  const placed = async (
    settings: SignSettings = { board: 'manager', answering: 'here' },
    board: SignSettings['board'] = 'manager',
  ) => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('A');
    await stage.as(ANNA).assignOne(sign.signId, 'mayor');
    await stage.as(ANNA).describe(sign.signId, { name: 'Passage', settings });
    await stage.services.store.transaction(async ({ counting }) => {
      const states = await counting.lockStores(['calle-mayor', 'gran-via']);
      await counting.saveStoreStates(states.map((state) => ({ ...state, alerts: RAISED })));
    });
    await sign.heartbeat(aHeartbeat({ painted: aPicture({ board }) }));
    stage.nowMs += 60_000;
    stage.told.length = 0;
    return { stage, sign };
  };
  const answersIn = ({ services }: FleetStage) =>
    services.store.look(async ({ counting }) => {
      const [state] = await counting.readStores(['calle-mayor']);
      return state?.alerts.flatMap(({ source, acknowledged }) =>
        acknowledged === null ? [] : [[source, acknowledged.by]],
      );
    });
  const rows = async (stage: FleetStage) =>
    (await stage.audit()).filter(({ act }) => act === 'alert-acknowledged');

  test('is answered for every sensor behind it, by the sign, with one row on record, and the signs hear it', async () => {
    const { stage, sign } = await placed();
    expect(await sign.answer(asked)).toMatchObject({ status: 200, jsonBody: { ...asked, by: 'at Passage' } });
    expect(await answersIn(stage)).toEqual([
      ['street-1', 'at Passage'],
      ['street-2', 'at Passage'],
    ]);
    expect(await rows(stage)).toMatchObject([
      { by: 'at Passage', personId: sign.signId, subject: 'store:calle-mayor', atMs: NOON_MS + 60_000 },
    ]);
    expect(stage.told.map(({ target }) => target)).toContain('snapshot');
  });

  test('is answered once, however often it is pressed, and who was first stays', async () => {
    const { stage, sign } = await placed();
    await sign.answer(asked);
    await stage.as(ANNA).describe(sign.signId, {
      name: 'Renamed',
      settings: { board: 'manager', answering: 'here' },
    });
    stage.told.length = 0;
    expect(await sign.answer(asked)).toMatchObject({ status: 200, jsonBody: { by: 'at Passage' } });
    expect(await rows(stage)).toHaveLength(1);
    expect(stage.told).toEqual([]);
  });

  for (const [why, settings] of Object.entries({
    'nobody chose how': { board: 'manager' },
    'only phones may': { board: 'manager', answering: 'phone' },
    'nobody may': { board: 'manager', answering: 'off' },
  } as const))
    test(`is refused where ${why}, with where to choose it`, async () => {
      const { stage, sign } = await placed(settings);
      const refusal = await sign.answer(asked);
      expect(refusal).toMatchObject({ status: 403, jsonBody: { code: 'not-allowed' } });
      expect(JSON.stringify(refusal.jsonBody)).toContain('Answering alerts at the sign');
      expect(await answersIn(stage)).toEqual([]);
    });

  test('is refused on a board for customers, and on a sign that has not said what it shows', async () => {
    const { stage, sign } = await placed({ board: 'manager', answering: 'here' }, 'door');
    expect(await sign.answer(asked)).toMatchObject({ status: 403, jsonBody: { code: 'not-allowed' } });
    await sign.heartbeat(aHeartbeat({ painted: null }));
    expect(await sign.answer(asked)).toMatchObject({ status: 403, jsonBody: { code: 'not-allowed' } });
    expect(await rows(stage)).toEqual([]);
  });

  test('is refused where the sign is set to another board, whatever it last said that it shows', async () => {
    const { stage, sign } = await placed({ board: 'wall', answering: 'here' });
    expect(await sign.answer(asked)).toMatchObject({ status: 403, jsonBody: { code: 'not-allowed' } });
    expect(await answersIn(stage)).toEqual([]);
  });

  test('is none where it is unknown, not raised so far, put aside or of a store that the sign does not show', async () => {
    const { stage, sign } = await placed();
    const unknown = { status: 404, jsonBody: { code: 'unknown-alert' } };
    expect(await sign.answer({ ...asked, alertKey: CLOCK })).toMatchObject(unknown);
    expect(await sign.answer({ ...asked, alertKey: SHELVED })).toMatchObject(unknown);
    expect(await sign.answer({ ...asked, alertKey: 'on-fire store 1' })).toMatchObject(unknown);
    expect(await sign.answer({ ...asked, alertKey: `${SILENT}0` })).toMatchObject(unknown);
    const store = { status: 404, jsonBody: { code: 'unknown-store' } };
    expect(await sign.answer({ ...asked, storeId: 'gran-via' })).toMatchObject(store);
    expect(await sign.answer({ ...asked, storeId: 'nowhere' })).toMatchObject(store);
    expect(await sign.answer({ storeId: 'calle-mayor' })).toMatchObject({ status: 400 });
    await stage.as(ANNA).revoke(sign.signId);
    expect(await sign.answer(asked)).toMatchObject({ status: 403, jsonBody: { code: 'sign-revoked' } });
    expect(await rows(stage)).toEqual([]);
  });
});
